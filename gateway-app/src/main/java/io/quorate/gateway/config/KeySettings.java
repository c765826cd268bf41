package io.quorate.gateway.config;

import java.util.Optional;

/**
 * One access key. Its {@link #toString} hides the secret and the token.
 *
 * @param accessKey the public part
 * @param secretKey what is never sent nor printed
 * @param sessionToken what every request with this key must carry, if anything
 */
public record KeySettings(String accessKey, String secretKey, Optional<String> sessionToken) {
    @Override
    public String toString() {
        return "KeySettings[accessKey=" + accessKey + "]";
    }
}
