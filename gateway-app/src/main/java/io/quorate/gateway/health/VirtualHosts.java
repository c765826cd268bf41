package io.quorate.gateway.health;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a Host header names a bucket, so that a key called {@code healthz} in it is an
 * object and no probe. Immutable.
 */
public final class VirtualHosts {
    private final List<String> baseDomains;

    /** @param baseDomains below these a host name names a bucket */
    public VirtualHosts(List<String> baseDomains) {
        this.baseDomains = List.copyOf(baseDomains);
    }

    /** Whether the host is below a base domain and none itself. */
    public boolean namesBucket(@Nullable String host) {
        if (host == null) {
            return false;
        }
        int colon = host.lastIndexOf(':');
        String name = (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
        return !baseDomains.contains(name)
                && baseDomains.stream().anyMatch(domain -> isBelow(name, domain));
    }

    private static boolean isBelow(String name, String domain) {
        int dot = name.length() - domain.length() - 1;
        return dot > 0 && name.charAt(dot) == '.' && name.endsWith(domain);
    }
}
