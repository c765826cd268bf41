package io.quorate.aws.identity;

import org.jspecify.annotations.Nullable;

/**
 * An access key and whom it speaks for. Its {@link #toString} hides the secret and the token.
 *
 * @param key the key that signs
 * @param sessionToken the token that must come with every request, or null if none may come
 * @param identity whom the key speaks for
 */
public record Credentials(AccessKey key, @Nullable String sessionToken, Identity identity) {
    /** Credentials without a session token. */
    public Credentials(AccessKey key, Identity identity) {
        this(key, null, identity);
    }

    @Override
    public String toString() {
        return "Credentials[key=" + key.id() + ", identity=" + identity.name() + "]";
    }
}
