package io.quorate.aws.identity;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds credentials by access key id. Immutable; keys and identity names are unique. */
public final class IdentityDirectory {
    private final Map<String, Credentials> byKeyId;

    private IdentityDirectory(Map<String, Credentials> byKeyId) {
        this.byKeyId = byKeyId;
    }

    /**
     * A directory of the given credentials. One identity may have several keys.
     *
     * @throws IllegalArgumentException if a key id comes twice, or a name stands for two identities
     */
    public static IdentityDirectory of(Collection<Credentials> all) {
        Map<String, Credentials> byKeyId = new HashMap<>();
        Map<String, Identity> byName = new HashMap<>();
        for (Credentials credentials : all) {
            if (byKeyId.putIfAbsent(credentials.key().id(), credentials) != null) {
                throw new IllegalArgumentException(
                        "access key configured twice: " + credentials.key().id());
            }
            Identity identity = credentials.identity();
            Identity known = byName.putIfAbsent(identity.name(), identity);
            if (known != null && !known.equals(identity)) {
                throw new IllegalArgumentException(
                        "two identities are called " + identity.name());
            }
        }
        return new IdentityDirectory(Map.copyOf(byKeyId));
    }

    /** The credentials of the access key id, if it is known. */
    public Optional<Credentials> find(String accessKeyId) {
        return Optional.ofNullable(byKeyId.get(accessKeyId));
    }

    public int size() {
        return byKeyId.size();
    }
}
