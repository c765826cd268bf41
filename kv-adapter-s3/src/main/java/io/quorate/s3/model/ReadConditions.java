package io.quorate.s3.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The conditions of a GET, evaluated in the order of RFC 9110, section 13.2.2: If-Match wins over
 * If-Unmodified-Since, If-None-Match over If-Modified-Since.
 *
 * @param ifMatch ETags of which one must be the object's; {@code *} is any
 * @param ifNoneMatch ETags of which none may be
 * @param ifModifiedSince the object must be newer
 * @param ifUnmodifiedSince the object must not be newer
 */
public record ReadConditions(List<String> ifMatch, List<String> ifNoneMatch,
        Optional<Instant> ifModifiedSince, Optional<Instant> ifUnmodifiedSince) {
    /** What becomes of the GET. */
    public enum Verdict {
        PROCEED, NOT_MODIFIED, PRECONDITION_FAILED
    }

    public ReadConditions {
        ifMatch = List.copyOf(ifMatch);
        ifNoneMatch = List.copyOf(ifNoneMatch);
    }

    /** Evaluates the conditions; dates count in whole seconds, as HTTP carries them. */
    public Verdict evaluate(Manifest manifest) {
        Instant modified = Instant.ofEpochSecond(Math.floorDiv(manifest.modifiedMillis(), 1_000));
        if (!ifMatch.isEmpty()) {
            if (!matches(ifMatch, manifest.etag())) {
                return Verdict.PRECONDITION_FAILED;
            }
        } else if (ifUnmodifiedSince.filter(modified::isAfter).isPresent()) {
            return Verdict.PRECONDITION_FAILED;
        }
        if (!ifNoneMatch.isEmpty()) {
            return matches(ifNoneMatch, manifest.etag()) ? Verdict.NOT_MODIFIED : Verdict.PROCEED;
        }
        return ifModifiedSince.filter(since -> !modified.isAfter(since)).isPresent()
                ? Verdict.NOT_MODIFIED
                : Verdict.PROCEED;
    }

    private static boolean matches(List<String> etags, String etag) {
        return etags.contains("*") || etags.contains(etag);
    }
}
