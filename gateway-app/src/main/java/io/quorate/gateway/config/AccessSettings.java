package io.quorate.gateway.config;

import java.util.List;

/**
 * Who may call.
 *
 * @param accountId the account of identities that name none, twelve digits
 * @param identities at least one
 * @param development whether they are the well-known development credentials
 */
public record AccessSettings(String accountId, List<IdentitySettings> identities,
        boolean development) {
    public AccessSettings {
        identities = List.copyOf(identities);
    }
}
