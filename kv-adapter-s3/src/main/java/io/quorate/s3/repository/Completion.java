package io.quorate.s3.repository;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.model.NamedPart;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.model.WriteCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What CompleteMultipartUpload asks for.
 *
 * @param address the object
 * @param account whose bucket it must be
 * @param upload the upload
 * @param parts its parts, by ascending number
 * @param condition what must hold
 * @param checksum what the object's checksum must be
 * @param size what the object's length must be
 */
public record Completion(ObjectAddress address, String account, UUID upload,
        List<NamedPart> parts, WriteCondition condition, Optional<StoredChecksum> checksum,
        Optional<Long> size) {
    public Completion {
        parts = List.copyOf(parts);
    }

    Value encode() {
        RowWriter out = new RowWriter(Rows.VERSION).text(address.bucket()).text(address.key())
                .text(account).id(upload).number(parts.size());
        for (NamedPart part : parts) {
            BodyRows.write(out.number(part.number()).text(part.etag()), part.checksum());
        }
        PutObjectCall.Request.write(out, condition);
        BodyRows.write(out, checksum).flag(size.isPresent());
        size.ifPresent(out::number);
        return out.toValue();
    }

    static Completion decode(Value value) {
        RowReader in = new RowReader(value, Rows.VERSION);
        ObjectAddress address = new ObjectAddress(in.text(), in.text());
        String account = in.text();
        UUID upload = in.id();
        List<NamedPart> parts = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            parts.add(new NamedPart(in.number(), in.text(), BodyRows.checksum(in)));
        }
        WriteCondition condition = PutObjectCall.Request.condition(in);
        return new Completion(address, account, upload, parts, condition, BodyRows.checksum(in),
                in.flag() ? Optional.of(in.longNumber()) : Optional.empty());
    }
}
