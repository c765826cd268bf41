package io.quorate.s3.repository;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.Encryption;
import io.quorate.s3.model.Labels;
import io.quorate.s3.model.ObjectMetadata;
import io.quorate.s3.model.Part;
import io.quorate.s3.model.Upload;
import java.util.Optional;
import java.util.UUID;

/** The stored forms of uploads and parts. Pure functions. */
final class UploadRows {
    private UploadRows() {}

    static Value encode(Upload upload) {
        return write(new RowWriter(Rows.VERSION), upload).toValue();
    }

    static RowWriter write(RowWriter out, Upload upload) {
        out.id(upload.id()).text(upload.key());
        ManifestRows.write(out, upload.metadata());
        ManifestRows.write(out, upload.labels());
        out.text(upload.checksums().header()).flag(upload.checksums().fullObject())
                .flag(upload.encryption().isPresent());
        upload.encryption().ifPresent(encryption -> BodyRows.write(out, encryption));
        return out.number(upload.initiatedMillis());
    }

    static Upload upload(Value row) {
        return upload(new RowReader(row, Rows.VERSION));
    }

    static Upload upload(RowReader in) {
        UUID id = in.id();
        String key = in.text();
        ObjectMetadata metadata = ManifestRows.metadata(in);
        Labels labels = ManifestRows.labels(in);
        var checksums = new Upload.Checksums(in.optionalText(), in.flag());
        Optional<Encryption> encryption = in.flag()
                ? Optional.of(BodyRows.encryption(in))
                : Optional.empty();
        return new Upload(id, key, metadata, labels, checksums, encryption, in.longNumber());
    }

    static Value encode(Part part) {
        return write(new RowWriter(Rows.VERSION), part).toValue();
    }

    static RowWriter write(RowWriter out, Part part) {
        BodyRows.write(out.number(part.number()), part.body()).text(part.md5());
        return BodyRows.write(out, part.checksum()).number(part.modifiedMillis());
    }

    static Part part(Value row) {
        return part(new RowReader(row, Rows.VERSION));
    }

    static Part part(RowReader in) {
        int number = in.number();
        Body body = BodyRows.body(in);
        return new Part(number, body, in.text(), BodyRows.checksum(in), in.longNumber());
    }
}
