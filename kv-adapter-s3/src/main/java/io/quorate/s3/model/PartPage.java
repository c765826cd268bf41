package io.quorate.s3.model;

import java.util.List;

/**
 * One page of an upload's parts.
 *
 * @param upload the upload
 * @param parts by number
 * @param more whether there are more
 */
public record PartPage(Upload upload, List<Part> parts, boolean more) {
    public PartPage {
        parts = List.copyOf(parts);
    }
}
