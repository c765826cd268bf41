package io.quorate.s3.repository;

import io.quorate.kv.BlobRef;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectMetadata;
import io.quorate.s3.model.StoredChecksum;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The stored forms of buckets and manifests. Pure functions. */
final class Rows {
    /** The version of every stored form and call of this room. */
    static final int VERSION = 1;
    private static final int IN_ROW = 0;
    private static final int IN_FILE = 1;

    private Rows() {}

    static Value encode(Bucket bucket) {
        return new RowWriter(VERSION).id(bucket.id()).text(bucket.name()).text(bucket.account())
                .text(bucket.region()).number(bucket.createdMillis()).toValue();
    }

    static Bucket bucket(Value row) {
        RowReader in = new RowReader(row, VERSION);
        return new Bucket(in.id(), in.text(), in.text(), in.text(), in.longNumber());
    }

    static RowWriter write(RowWriter out, Manifest manifest) {
        write(out, manifest.body()).text(manifest.md5()).number(manifest.modifiedMillis());
        ObjectMetadata metadata = manifest.metadata();
        out.text(metadata.contentType()).text(metadata.storageClass());
        write(out, metadata.headers());
        write(out, metadata.user());
        out.flag(manifest.checksum().isPresent());
        manifest.checksum()
                .ifPresent(checksum -> out.text(checksum.header()).text(checksum.base64()));
        return out;
    }

    static Manifest manifest(RowReader in) {
        Body body = body(in);
        String md5 = in.text();
        long modified = in.longNumber();
        String type = in.text();
        String storageClass = in.text();
        var metadata = new ObjectMetadata(type, map(in), map(in), storageClass);
        Optional<StoredChecksum> checksum = in.flag()
                ? Optional.of(new StoredChecksum(in.text(), in.text()))
                : Optional.empty();
        return new Manifest(body, md5, metadata, checksum, modified);
    }

    private static RowWriter write(RowWriter out, Body body) {
        return switch (body) {
            case Body.InRow(var id, long length) -> out.octet(IN_ROW).id(id).number(length);
            case Body.InFile(BlobRef(var id, long length, int crc32c)) ->
                out.octet(IN_FILE).id(id).number(length).number(crc32c);
        };
    }

    private static Body body(RowReader in) {
        int kind = in.octet();
        return switch (kind) {
            case IN_ROW -> new Body.InRow(in.id(), in.longNumber());
            case IN_FILE ->
                new Body.InFile(new BlobRef(in.id(), in.longNumber(), in.number()));
            default -> throw new IllegalStateException("a body of kind " + kind);
        };
    }

    private static void write(RowWriter out, Map<String, String> texts) {
        out.number(texts.size());
        texts.forEach((name, value) -> out.text(name).text(value));
    }

    private static Map<String, String> map(RowReader in) {
        Map<String, String> texts = new HashMap<>();
        for (int left = in.number(); left > 0; left--) {
            texts.put(in.text(), in.text());
        }
        return texts;
    }
}
