package io.quorate.s3.repository;

import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.Optional;
import java.util.UUID;

/**
 * What a write or a deletion made or removed.
 *
 * @param versionId the version's name, if the bucket keeps or kept versions
 * @param isMarker whether it is a marker of deletion
 * @param dropped the upload whose parts were the body that went, if they were
 */
public record WrittenVersion(Optional<String> versionId, boolean isMarker,
        Optional<UUID> dropped) {
    /** No version that has a name. */
    public static final WrittenVersion UNNAMED = new WrittenVersion(Optional.empty(), false,
            Optional.empty());

    void write(RowWriter out) {
        out.text(versionId).flag(isMarker).flag(dropped.isPresent());
        dropped.ifPresent(out::id);
    }

    static WrittenVersion read(RowReader in) {
        return new WrittenVersion(in.optionalText(), in.flag(),
                in.flag() ? Optional.of(in.id()) : Optional.empty());
    }
}
