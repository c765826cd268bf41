package io.quorate.s3.repository;

import io.quorate.s3.model.Manifest;
import java.util.Optional;

/**
 * What to delete of an object, and under which conditions.
 *
 * @param ifMatch the ETag it must have if it exists
 * @param versionId which version; empty for the object
 * @param bypassGovernance whether a governance retention is passed over
 */
public record Deletion(Optional<String> ifMatch, Optional<String> versionId,
        boolean bypassGovernance) {
    boolean matches(Manifest manifest) {
        return ifMatch.map(etag -> etag.equals("*") || etag.equals(manifest.etag())).orElse(true);
    }
}
