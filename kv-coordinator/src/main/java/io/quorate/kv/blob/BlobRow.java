package io.quorate.kv.blob;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.ArrayList;
import java.util.List;

/** What a body's row says. */
sealed interface BlobRow {
    /** The first byte of a reservation. */
    int RESERVED = 1;
    /** The first byte of a live body's row without holders: whoever founded the group has it. */
    int LIVE_WITHOUT_HOLDERS = 2;
    /** The first byte of a live body's row. */
    int LIVE = 3;

    /** Bytes are arriving; may become live in an entry stamped before the time. */
    record Reserved(long expiresAtMillis) implements BlobRow {}

    /**
     * Something refers to the body.
     *
     * @param length bytes
     * @param crc32c of all bytes
     * @param configuration the {@link BodyMembers} of which the holders were members
     * @param holders nodes that have it durably; others may have it too
     */
    record Live(long length, int crc32c, long configuration,
            List<String> holders) implements BlobRow {
        public Live {
            holders = List.copyOf(holders);
        }
    }

    /** The stored form: one byte for the kind, then fields as {@link RowWriter} writes them. */
    default Value encode() {
        return switch (this) {
            case Reserved(long expiresAtMillis) ->
                new RowWriter(RESERVED).number(expiresAtMillis).toValue();
            case Live live -> {
                RowWriter out = new RowWriter(LIVE).number(live.length()).number(live.crc32c())
                        .number(live.configuration()).octet(live.holders().size());
                live.holders().forEach(out::text);
                yield out.toValue();
            }
        };
    }

    /** Reads the stored form; anything else is a broken invariant. */
    static BlobRow decode(Value value) {
        int kind = value.asReadOnlyBuffer().get();
        return switch (kind) {
            case RESERVED -> new Reserved(new RowReader(value, RESERVED).longNumber());
            case LIVE_WITHOUT_HOLDERS -> {
                RowReader in = new RowReader(value, LIVE_WITHOUT_HOLDERS);
                yield new Live(in.longNumber(), in.number(), 0, List.of());
            }
            case LIVE -> live(new RowReader(value, LIVE));
            default -> throw new IllegalStateException("unknown kind of blob row: " + kind);
        };
    }

    private static Live live(RowReader in) {
        long length = in.longNumber();
        int crc32c = in.number();
        long configuration = in.longNumber();
        List<String> holders = new ArrayList<>();
        for (int left = in.octet(); left > 0; left--) {
            holders.add(in.text());
        }
        return new Live(length, crc32c, configuration, holders);
    }
}
