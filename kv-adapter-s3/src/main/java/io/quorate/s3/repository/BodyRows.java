package io.quorate.s3.repository;

import io.quorate.kv.BlobRef;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.Encryption;
import io.quorate.s3.model.PartNumbers;
import io.quorate.s3.model.StoredChecksum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How rows and calls carry bodies, and what belongs to them. Pure functions. */
final class BodyRows {
    private static final int IN_ROW = 0;
    private static final int IN_FILE = 1;
    private static final int IN_PARTS = 2;
    private static final int ENCRYPTED = 3;

    private BodyRows() {}

    static RowWriter write(RowWriter out, Body body) {
        return switch (body) {
            case Body.InRow(var id, long length) -> out.octet(IN_ROW).id(id).number(length);
            case Body.InFile(BlobRef(var id, long length, int crc32c)) ->
                out.octet(IN_FILE).id(id).number(length).number(crc32c);
            case Body.InParts(var upload, PartNumbers numbers, long length) ->
                write(out.octet(IN_PARTS).id(upload).number(length), numbers);
            case Body.Encrypted(Body stored, Encryption encryption, long length) -> {
                write(out.octet(ENCRYPTED), stored).number(length);
                yield write(out, encryption);
            }
        };
    }

    static Body body(RowReader in) {
        int kind = in.octet();
        return switch (kind) {
            case IN_ROW -> new Body.InRow(in.id(), in.longNumber());
            case IN_FILE ->
                new Body.InFile(new BlobRef(in.id(), in.longNumber(), in.number()));
            case IN_PARTS -> {
                var upload = in.id();
                long length = in.longNumber();
                yield new Body.InParts(upload, numbers(in), length);
            }
            case ENCRYPTED -> {
                Body stored = body(in);
                long length = in.longNumber();
                yield new Body.Encrypted(stored, encryption(in), length);
            }
            default -> throw new IllegalStateException("a body of kind " + kind);
        };
    }

    static RowWriter write(RowWriter out, PartNumbers numbers) {
        out.number(numbers.runs().size());
        numbers.runs().forEach(run -> out.number(run.first()).number(run.last()));
        return out;
    }

    static PartNumbers numbers(RowReader in) {
        List<PartNumbers.Run> runs = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            runs.add(new PartNumbers.Run(in.number(), in.number()));
        }
        return new PartNumbers(runs);
    }

    static RowWriter write(RowWriter out, Encryption encryption) {
        return out.flag(encryption.kind() == Encryption.Kind.CLIENT).text(encryption.keyId())
                .bytes(encryption.secret().shared());
    }

    static Encryption encryption(RowReader in) {
        return new Encryption(in.flag() ? Encryption.Kind.CLIENT : Encryption.Kind.SERVER,
                in.text(), Value.of(in.bytes()));
    }

    static RowWriter write(RowWriter out, Optional<StoredChecksum> checksum) {
        out.flag(checksum.isPresent());
        checksum.ifPresent(sum -> out.text(sum.header()).text(sum.base64())
                .flag(sum.isFullObject()));
        return out;
    }

    static Optional<StoredChecksum> checksum(RowReader in) {
        return in.flag()
                ? Optional.of(new StoredChecksum(in.text(), in.text(), in.flag()))
                : Optional.empty();
    }

    /** The file that holds the body. */
    static BlobRef fileOf(Body body) {
        return switch (body) {
            case Body.InFile(BlobRef ref) -> ref;
            case Body.Encrypted(Body stored, var encryption, long length) -> fileOf(stored);
            case Body.InRow row -> throw new IllegalStateException("not a file: " + row);
            case Body.InParts parts -> throw new IllegalStateException("not a file: " + parts);
        };
    }

    /** The id of the row that holds the body. */
    static UUID rowOf(Body body) {
        return switch (body) {
            case Body.InRow(UUID id, long length) -> id;
            case Body.Encrypted(Body stored, var encryption, long length) -> rowOf(stored);
            case Body.InFile file -> throw new IllegalStateException("not a row: " + file);
            case Body.InParts parts -> throw new IllegalStateException("not a row: " + parts);
        };
    }

    /** A file that nothing refers to yet; which one, the body beside it says. */
    static void write(RowWriter out, StoredBlob blob) {
        out.number(blob.reservationVersion()).number(blob.expiresAtMillis())
                .number(blob.configuration()).octet(blob.holders().size());
        blob.holders().forEach(out::text);
    }

    static StoredBlob file(BlobRef ref, RowReader in) {
        long version = in.longNumber();
        long expiresAtMillis = in.longNumber();
        long configuration = in.longNumber();
        List<String> holders = new ArrayList<>();
        for (int left = in.octet(); left > 0; left--) {
            holders.add(in.text());
        }
        return new StoredBlob(ref, version, expiresAtMillis, configuration, holders);
    }
}
