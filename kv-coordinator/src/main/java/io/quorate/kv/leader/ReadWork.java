package io.quorate.kv.leader;

import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.kv.txn.GroupReplica;
import io.quorate.kv.txn.TransactionCoordinator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * A read at the leader.
 *
 * <pre>
 * request := 1 { 1 key | 2 start end limit(4) maxBytes(4) descending(1) }
 * answer  := 1 more(1) count(4) { key value version(8) }*count
 * key     := route(4) bytes
 * </pre>
 */
sealed interface ReadWork<R> extends Work<R> {
    /** The version of the forms. */
    int FORM = 1;
    /** A request for one row. */
    int ROW = 1;
    /** A request for a page. */
    int PAGE = 2;

    /** Reads what is applied here. */
    Mono<R> applied(GroupReplica replica, Deadline deadline);

    @Override
    default PeerCalls.Kind kind() {
        return PeerCalls.Kind.READ;
    }

    /** What a request asks for. */
    static ReadWork<?> decode(Value request, TransactionCoordinator local) {
        RowReader row = new RowReader(request, FORM);
        int what = row.octet();
        return switch (what) {
            case ROW -> new Row(local, readKey(row));
            case PAGE ->
                new Page(local, new Scan(new KeyRange(readKey(row), readKey(row)), row.number(),
                        row.number(), row.flag()));
            default -> throw new IllegalStateException("a read of kind " + what);
        };
    }

    /** Reads here and encodes what was found. */
    Mono<Value> answer(GroupReplica replica, Deadline deadline);

    /**
     * One row.
     *
     * @param local reads here
     * @param key which
     */
    record Row(TransactionCoordinator local, Key key) implements ReadWork<Optional<Versioned>> {
        @Override
        public Mono<Optional<Versioned>> here(GroupReplica replica, Deadline deadline) {
            return local.get(replica, key, deadline);
        }

        @Override
        public Mono<Optional<Versioned>> applied(GroupReplica replica, Deadline deadline) {
            return local.getApplied(replica, key, deadline);
        }

        @Override
        public Value request(long logMillis, Deadline budget) {
            return written(new RowWriter(FORM).octet(ROW), key).toValue();
        }

        @Override
        public Optional<Versioned> answered(Value answer) {
            return page(answer).rows().stream().findFirst();
        }

        @Override
        public Mono<Value> answer(GroupReplica replica, Deadline deadline) {
            return here(replica, deadline)
                    .map(row -> page(new ScanPage(row.map(List::of).orElse(List.of()), false)));
        }
    }

    /**
     * One page of a range.
     *
     * @param local reads here
     * @param scan which
     */
    record Page(TransactionCoordinator local, Scan scan) implements ReadWork<ScanPage> {
        @Override
        public Mono<ScanPage> here(GroupReplica replica, Deadline deadline) {
            return local.scan(replica, scan, deadline);
        }

        @Override
        public Mono<ScanPage> applied(GroupReplica replica, Deadline deadline) {
            return local.scanApplied(replica, scan, deadline);
        }

        @Override
        public Value request(long logMillis, Deadline budget) {
            RowWriter row = written(new RowWriter(FORM).octet(PAGE), scan.range().start());
            return written(row, scan.range().end()).number(scan.limit()).number(scan.maxBytes())
                    .flag(scan.descending()).toValue();
        }

        @Override
        public ScanPage answered(Value answer) {
            return page(answer);
        }

        @Override
        public Mono<Value> answer(GroupReplica replica, Deadline deadline) {
            return here(replica, deadline).map(ReadWork::page);
        }
    }

    private static Value page(ScanPage page) {
        RowWriter out = new RowWriter(FORM).flag(page.more()).number(page.rows().size());
        for (Versioned row : page.rows()) {
            written(out, row.key()).bytes(row.value().shared()).number(row.version());
        }
        return out.toValue();
    }

    private static ScanPage page(Value answer) {
        RowReader in = new RowReader(answer, FORM);
        boolean more = in.flag();
        int count = in.number();
        List<Versioned> rows = new ArrayList<>(Math.clamp(count, 0, Scan.MAX_LIMIT));
        for (int i = 0; i < count; i++) {
            rows.add(new Versioned(readKey(in), Value.of(in.bytes()), in.longNumber()));
        }
        return new ScanPage(rows, more);
    }

    private static RowWriter written(RowWriter out, Key key) {
        return out.number(key.route()).bytes(key.shared());
    }

    private static Key readKey(RowReader in) {
        return Key.of(in.number(), in.bytes());
    }
}
