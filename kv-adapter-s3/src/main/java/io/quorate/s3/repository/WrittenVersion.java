package io.quorate.s3.repository;

import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.Optional;

/**
 * What a write or a deletion made or removed.
 *
 * @param versionId the version's name, if the bucket keeps or kept versions
 * @param isMarker whether it is a marker of deletion
 */
public record WrittenVersion(Optional<String> versionId, boolean isMarker) {
    /** No version that has a name. */
    public static final WrittenVersion UNNAMED = new WrittenVersion(Optional.empty(), false);

    void write(RowWriter out) {
        out.text(versionId).flag(isMarker);
    }

    static WrittenVersion read(RowReader in) {
        return new WrittenVersion(in.optionalText(), in.flag());
    }
}
