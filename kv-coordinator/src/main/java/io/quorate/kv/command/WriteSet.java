package io.quorate.kv.command;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one transaction while its mutations are taken in order: what each touched key held
 * before, and what it will hold. Not thread-safe.
 */
final class WriteSet {
    private final Snapshot snapshot;
    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private int rangeRows;
    private long rangeBytes;

    WriteSet(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    boolean put(Key key, Value value) {
        row(key).value = value;
        return true;
    }

    boolean delete(Key key) {
        row(key).value = null;
        return true;
    }

    /** Adds to a counter; one that comes to 0 is removed. */
    boolean add(Key key, long delta) {
        boolean untouched = !rows.containsKey(key);
        Row row = row(key);
        Value before = untouched && row.previous != null ? row.previous.value() : row.value;
        long sum = delta + (before == null ? 0 : Mutation.Add.numberIn(before));
        row.value = sum == 0
                ? null
                : Value.of(ByteBuffer.allocate(Long.BYTES).putLong(sum).array());
        return true;
    }

    /** Removes the rows of a range; false if they are more than one command may remove. */
    boolean deleteRange(KeyRange range) {
        for (Map.Entry<Key, Row> own : rows.entrySet()) {
            if (range.contains(own.getKey())) {
                own.getValue().value = null;
            }
        }
        KeyRange rest = range;
        boolean more = true;
        while (more) {
            ScanPage page = snapshot.scan(Scan.ascending(rest, Scan.MAX_LIMIT));
            for (Versioned row : page.rows()) {
                if (!remove(row)) {
                    return false;
                }
            }
            more = page.more();
            if (more) {
                // The next page repeats this row: two rows of the largest size fit one page.
                rest = new KeyRange(page.rows().getLast().key(), range.end());
            }
        }
        return true;
    }

    /** What changes, each key once; a key that was absent and stays so is left out. */
    List<RowChange> changes() {
        List<RowChange> changes = new ArrayList<>(rows.size());
        rows.forEach((key, row) -> {
            if (row.value != null || row.previous != null) {
                changes.add(new RowChange(key, row.value, row.previous));
            }
        });
        return changes;
    }

    private boolean remove(Versioned stored) {
        Row row = rows.computeIfAbsent(stored.key(), absent -> new Row(stored));
        row.value = null;
        if (!row.countedByRange) {
            row.countedByRange = true;
            rangeRows++;
            rangeBytes += stored.key().length() + stored.value().length();
        }
        return rangeRows <= CommitEvaluator.MAX_RANGE_ROWS
                && rangeBytes <= CommitEvaluator.MAX_RANGE_BYTES;
    }

    private Row row(Key key) {
        return rows.computeIfAbsent(key, absent -> new Row(snapshot.get(key).orElse(null)));
    }

    private static final class Row {
        private final @Nullable Versioned previous;
        private @Nullable Value value;
        private boolean countedByRange;

        Row(@Nullable Versioned previous) {
            this.previous = previous;
        }
    }
}
