package io.quorate.aws.identity;

/**
 * An access key. Its {@link #toString} hides the secret.
 *
 * @param id the public part, sent in every request
 * @param secret the part that is never sent
 */
public record AccessKey(String id, String secret) {
    public AccessKey {
        if (id.isBlank() || secret.isEmpty()) {
            throw new IllegalArgumentException("an access key needs an id and a secret");
        }
    }

    @Override
    public String toString() {
        return "AccessKey[id=" + id + "]";
    }
}
