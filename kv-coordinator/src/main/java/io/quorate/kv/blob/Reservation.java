package io.quorate.kv.blob;

import io.quorate.kv.Condition;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import io.quorate.kv.clock.GroupTime;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The promise, in the log, that a body is being written until a time. Used by one upload, one call
 * at a time; the fields are published by that order.
 */
final class Reservation {
    /** Each commit of a reservation waits this long at most. */
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

    private final TransactionalKv kv;
    private final GroupTime time;
    private final Key row;
    private final long lengthMillis;
    private volatile long version = Versioned.ABSENT;
    private volatile long expiresAtMillis;

    Reservation(TransactionalKv kv, GroupTime time, Key row, Duration length) {
        this.kv = kv;
        this.time = time;
        this.row = row;
        this.lengthMillis = length.toMillis();
    }

    /** Makes the reservation, or makes it last its full length again. */
    Mono<Void> extend() {
        return Mono.defer(() -> {
            long expiry = time.nowMillis() + lengthMillis;
            Transaction put = Transaction
                    .of(new Mutation.Put(row, new BlobRow.Reserved(expiry).encode()))
                    .require(List.of(new Condition.VersionIs(row, version)));
            return kv.commit(put).doOnNext(committed -> {
                version = committed.commitTs();
                expiresAtMillis = expiry;
            });
        }).then().contextWrite(Deadline.after(COMMIT_TIMEOUT)::into);
    }

    /** Gives it up, if it was made; a failure leaves it to its end. */
    Mono<Void> release() {
        return Mono.defer(() -> version == Versioned.ABSENT
                ? Mono.empty()
                : kv.commit(new Transaction(List.of(new Condition.VersionIs(row, version)),
                        List.of(new Mutation.Delete(row)))))
                .then().contextWrite(Deadline.after(COMMIT_TIMEOUT)::into);
    }

    /** Whether more than half of it has passed. */
    boolean isDueForExtension() {
        return time.nowMillis() > expiresAtMillis - lengthMillis / 2;
    }

    long version() {
        return version;
    }

    long expiresAtMillis() {
        return expiresAtMillis;
    }
}
