package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.Item;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of a group of writes, of which all happened or none.
 *
 * @param status how it ended
 * @param outcomes one for each write, in their order; none for a repeated or refused token
 */
public record WriteResult(Status status, List<WriteOutcome> outcomes) {
    private static final int VERSION = 1;
    private static final int APPLIED = 0;
    private static final int CHECK_FAILED = 1;
    private static final int REFUSED = 2;

    public WriteResult {
        outcomes = List.copyOf(outcomes);
    }

    /** How a group of writes ends. The names travel between nodes. */
    public enum Status {
        /** All were done. */
        DONE,
        /** None was done. */
        FAILED,
        /** An earlier request with the token did them. */
        REPEATED,
        /** An earlier request with the token was another one. */
        TOKEN_MISMATCH
    }

    Value encode() {
        RowWriter out = new RowWriter(VERSION).text(status.name()).octet(outcomes.size());
        for (WriteOutcome outcome : outcomes) {
            switch (outcome) {
                case WriteOutcome.Applied applied -> {
                    out.octet(APPLIED).number(applied.largerBytes());
                    item(out, applied.attributes());
                    out.octet(applied.indexUnits().size());
                    applied.indexUnits().forEach(out::number);
                }
                case WriteOutcome.CheckFailed failed -> item(out.octet(CHECK_FAILED),
                        failed.item());
                case WriteOutcome.Refused refused -> out.octet(REFUSED).text(refused.text());
            }
        }
        return out.toValue();
    }

    static WriteResult decode(Value value) {
        RowReader in = new RowReader(value, VERSION);
        Status status = Status.valueOf(in.text());
        int count = in.octet();
        List<WriteOutcome> outcomes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int kind = in.octet();
            outcomes.add(switch (kind) {
                case APPLIED -> new WriteOutcome.Applied(in.number(), item(in), units(in));
                case CHECK_FAILED -> new WriteOutcome.CheckFailed(item(in));
                case REFUSED -> new WriteOutcome.Refused(in.text());
                default -> throw new IllegalStateException("no outcome of a write is " + kind);
            });
        }
        return new WriteResult(status, outcomes);
    }

    private static void item(RowWriter out, Optional<Item> item) {
        out.bytes(item.map(Item::shared).orElse(new byte[0]));
    }

    private static Optional<Item> item(RowReader in) {
        byte[] bytes = in.bytes();
        return bytes.length == 0 ? Optional.empty() : Optional.of(Item.of(bytes));
    }

    private static List<Integer> units(RowReader in) {
        List<Integer> units = new ArrayList<>();
        for (int rest = in.octet(); rest > 0; rest--) {
            units.add(in.number());
        }
        return units;
    }
}
