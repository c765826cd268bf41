package io.quorate.s3.repository;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.DeleteMarker;
import io.quorate.s3.model.Labels;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectMetadata;
import io.quorate.s3.model.ObjectVersion;
import io.quorate.s3.model.Retention;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.model.VersionId;
import java.util.Optional;

/** The stored forms of objects' versions. Pure functions. */
final class ManifestRows {
    private ManifestRows() {}

    /** The row of the latest version. */
    static Value encode(Manifest manifest) {
        return write(new RowWriter(Rows.VERSION), manifest).toValue();
    }

    static RowWriter write(RowWriter out, Manifest manifest) {
        write(BodyRows.write(out, manifest.body()).text(manifest.md5())
                .number(manifest.modifiedMillis()), manifest.version());
        write(out, manifest.metadata());
        BodyRows.write(out, manifest.checksum());
        return write(out, manifest.labels());
    }

    static Manifest manifest(RowReader in) {
        Body body = BodyRows.body(in);
        String md5 = in.text();
        long modified = in.longNumber();
        VersionId version = version(in);
        ObjectMetadata metadata = metadata(in);
        Optional<StoredChecksum> checksum = BodyRows.checksum(in);
        return new Manifest(body, md5, metadata, checksum, modified, version, labels(in));
    }

    /** The row of a version that is not the latest, or of a marker. */
    static Value encodeOlder(ObjectVersion version) {
        RowWriter out = new RowWriter(Rows.VERSION);
        return switch (version) {
            case Manifest manifest -> write(out.flag(false), manifest).toValue();
            case DeleteMarker(VersionId id, long millis) ->
                write(out.flag(true).number(millis), id).toValue();
        };
    }

    static ObjectVersion older(Value row) {
        RowReader in = new RowReader(row, Rows.VERSION);
        if (!in.flag()) {
            return manifest(in);
        }
        long millis = in.longNumber();
        return new DeleteMarker(version(in), millis);
    }

    static RowWriter write(RowWriter out, VersionId version) {
        return out.number(version.sequence()).number(version.random()).flag(version.isNull());
    }

    static VersionId version(RowReader in) {
        return new VersionId(in.longNumber(), in.longNumber(), in.flag());
    }

    static void write(RowWriter out, ObjectMetadata metadata) {
        out.text(metadata.contentType()).text(metadata.storageClass());
        Rows.write(out, metadata.headers());
        Rows.write(out, metadata.user());
    }

    static ObjectMetadata metadata(RowReader in) {
        String type = in.text();
        String storageClass = in.text();
        return new ObjectMetadata(type, Rows.map(in), Rows.map(in), storageClass);
    }

    static RowWriter write(RowWriter out, Labels labels) {
        Rows.write(out, labels.tags());
        return write(out, labels.retention()).flag(labels.legalHold());
    }

    static Labels labels(RowReader in) {
        return new Labels(Rows.map(in), retention(in), in.flag());
    }

    static RowWriter write(RowWriter out, Optional<Retention> retention) {
        out.flag(retention.isPresent());
        retention.ifPresent(until -> out.flag(Rows.isCompliance(until.mode()))
                .number(until.untilMillis()));
        return out;
    }

    static Optional<Retention> retention(RowReader in) {
        return in.flag()
                ? Optional.of(new Retention(Rows.mode(in), in.longNumber()))
                : Optional.empty();
    }
}
