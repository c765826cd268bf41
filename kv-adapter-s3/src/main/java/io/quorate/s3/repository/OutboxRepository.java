package io.quorate.s3.repository;

import io.quorate.kv.AtLeader;
import io.quorate.kv.Key;
import io.quorate.kv.Scan;
import io.quorate.kv.TransactionalKv;
import io.quorate.s3.keyspace.OutboxKeyspace;
import io.quorate.s3.model.BucketEvent;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What queues are to hear, in the store. Thread-safe. */
public final class OutboxRepository {
    /** Most buckets of one round. */
    private static final int MAX_SENDERS = 1_000;
    /** Most events of one bucket in one round. */
    public static final int MAX_EVENTS = 256;

    private final TransactionalKv kv;
    private final AtLeader leader;

    /** Registers its handler; make it before the node starts. */
    public OutboxRepository(TransactionalKv kv, AtLeader leader) {
        this.kv = kv;
        this.leader = leader;
        leader.register(LeaveOutboxCall.NAME, new LeaveOutboxCall());
    }

    /**
     * An event and its row.
     *
     * @param row where it is written
     * @param event what happened
     */
    public record Waiting(Key row, BucketEvent event) {}

    /** The buckets that may have events and are led here. */
    public Flux<String> senders() {
        return kv.scan(Scan.ascending(OutboxKeyspace.senders(), MAX_SENDERS))
                .flatMapIterable(page -> page.rows())
                .map(row -> OutboxKeyspace.bucketOf(row.key()))
                .filter(bucket -> leader.leadsHere(OutboxKeyspace.events(bucket).start()));
    }

    /** The oldest events of a bucket. */
    public Mono<List<Waiting>> oldest(String bucket) {
        return kv.scan(Scan.ascending(OutboxKeyspace.events(bucket), MAX_EVENTS))
                .map(page -> page.rows().stream()
                        .map(row -> new Waiting(row.key(), Outbox.decode(row.value()))).toList());
    }

    /** Looks at the bucket no more, unless it has events or asks for them. */
    public Mono<Void> leave(String bucket) {
        return leader.call(OutboxKeyspace.sender(bucket), LeaveOutboxCall.NAME,
                LeaveOutboxCall.request(bucket)).then();
    }
}
