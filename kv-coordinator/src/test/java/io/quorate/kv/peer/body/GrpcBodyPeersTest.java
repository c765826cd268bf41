package io.quorate.kv.peer.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.quorate.kv.KvFailure;
import io.quorate.kv.PeerException;
import io.quorate.kv.blob.BodyPart;
import io.quorate.kv.blob.BodyPeers;
import io.quorate.kv.peer.TestCluster;
import io.quorate.kv.peer.TestPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class GrpcBodyPeersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final UUID ID = new UUID(1, 2);
    private static final int CHUNK = 128 * 1024;

    private final TestCluster cluster = new TestCluster();
    private final TestPeer a = new TestPeer("a", cluster);
    private final TestPeer b = new TestPeer("b", cluster);
    private final GrpcBodyPeers fromA = new GrpcBodyPeers(a.connections());
    private final GrpcBodyPeers atB = new GrpcBodyPeers(b.connections());
    private final Bodies bodies = new Bodies();

    @BeforeEach
    void start() {
        a.start(fromA.service());
        b.start(atB.service());
        atB.serve(bodies);
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
    }

    /** Bodies in memory; takes parts as fast as the gate lets it. */
    private static final class Bodies implements BodyPeers.Replica {
        private final Map<UUID, byte[]> held = new ConcurrentHashMap<>();
        private final AtomicInteger broken = new AtomicInteger();
        private volatile Flux<Long> gate = Flux.empty();
        private volatile boolean gated;

        void openOneByOne(Flux<Long> ticks) {
            gate = ticks;
            gated = true;
        }

        @Override
        public Mono<Void> receive(UUID id, Flux<BodyPart> parts) {
            if (held.containsKey(id)) {
                return Mono.empty();
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Flux<BodyPart> paced = gated
                    ? parts.limitRate(1).concatMap(part -> gate.next().thenReturn(part), 1)
                    : parts.limitRate(1);
            return paced.doOnNext(part -> {
                if (part instanceof BodyPart.Bytes(ByteBuffer more)) {
                    byte[] copy = new byte[more.remaining()];
                    more.get(copy);
                    bytes.writeBytes(copy);
                }
            }).ofType(BodyPart.End.class).single().doOnError(failed -> broken.incrementAndGet())
                    .doOnNext(end -> {
                        assertThat(end.length()).isEqualTo(bytes.size());
                        held.put(id, bytes.toByteArray());
                    }).then();
        }

        @Override
        public Flux<ByteBuffer> read(UUID id, long offset) {
            byte[] body = held.get(id);
            return body == null
                    ? Flux.error(new KvFailure.Refused("not here").asException())
                    : split(body, (int) offset);
        }
    }

    @Test
    void pushedBodyArrives() {
        byte[] body = random(3 * CHUNK + 17);

        push(parts(body)).block(PATIENCE);

        assertThat(bodies.held.get(ID)).isEqualTo(body);
    }

    @Test
    void emptyBodyArrives() {
        push(parts(new byte[0])).block(PATIENCE);

        assertThat(bodies.held.get(ID)).isEmpty();
    }

    @Test
    void bodyThatIsThereIsNotSentAgain() {
        bodies.held.put(ID, new byte[1]);
        AtomicLong sent = new AtomicLong();

        push(parts(random(200 * CHUNK)).doOnNext(part -> sent.incrementAndGet())).block(PATIENCE);

        assertThat(sent.get()).isLessThan(100);
    }

    @Test
    void receiverThatTakesNothingHoldsBackTheSender() {
        Sinks.Many<Long> gate = Sinks.many().multicast().directBestEffort();
        bodies.openOneByOne(gate.asFlux());
        AtomicLong sent = new AtomicLong();
        Flux<BodyPart> endless = Flux.generate(sink -> {
            sent.addAndGet(CHUNK);
            sink.next(new BodyPart.Bytes(ByteBuffer.allocate(CHUNK)));
        });

        Disposable pushing = push(endless).subscribe();
        await().until(() -> sent.get() > 0);

        // The window of the connection, and a few chunks on each side.
        await().during(Duration.ofMillis(500)).atMost(PATIENCE)
                .until(() -> sent.get() <= (4 << 20) + 8L * CHUNK);
        pushing.dispose();
    }

    @Test
    void bodyThatIsNotWantedAnyMoreEndsAtTheReceiver() {
        Sinks.Many<BodyPart> parts = Sinks.many().unicast().onBackpressureBuffer();
        Disposable pushing = push(parts.asFlux()).subscribe();
        parts.tryEmitNext(new BodyPart.Bytes(ByteBuffer.allocate(CHUNK))).orThrow();
        await().until(() -> parts.currentSubscriberCount() == 1);

        pushing.dispose();

        await().until(() -> bodies.broken.get() == 1 || bodies.held.isEmpty());
        await().until(() -> parts.currentSubscriberCount() == 0);
        assertThat(bodies.held).isEmpty();
    }

    @Test
    void senderThatFailsLeavesNothingAndSaysWhy() {
        Flux<BodyPart> failing = parts(random(CHUNK)).take(1)
                .concatWith(Mono.error(new IOException("the disk of a")));

        assertThatThrownBy(() -> push(failing).block(PATIENCE)).isInstanceOf(PeerException.class);

        await().until(() -> bodies.broken.get() == 1);
        assertThat(bodies.held).isEmpty();
    }

    @Test
    void nodeThatStopsBreaksThePush() {
        Sinks.Many<BodyPart> parts = Sinks.many().unicast().onBackpressureBuffer();
        var pushing = push(parts.asFlux()).toFuture();
        parts.tryEmitNext(new BodyPart.Bytes(ByteBuffer.allocate(CHUNK))).orThrow();

        b.stopServer();

        assertThatThrownBy(pushing::join).hasCauseInstanceOf(PeerException.class);
    }

    @Test
    void unknownNodeIsNotReached() {
        assertThatThrownBy(() -> fromA.push("nobody", ID, parts(new byte[1])).block(PATIENCE))
                .isInstanceOfSatisfying(PeerException.class, failure -> assertThat(failure.reach())
                        .isEqualTo(PeerException.Reach.NOT_SENT));
    }

    @Test
    void bodyIsFetchedFromAnOffset() {
        byte[] body = random(2 * CHUNK + 5);
        bodies.held.put(ID, body);

        ByteArrayOutputStream fetched = new ByteArrayOutputStream();
        fromA.fetch("b", ID, CHUNK + 1).doOnNext(bytes -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            fetched.writeBytes(copy);
        }).blockLast(PATIENCE);

        assertThat(fetched.toByteArray())
                .isEqualTo(java.util.Arrays.copyOfRange(body, CHUNK + 1, body.length));
    }

    @Test
    void fetchOfABodyThatIsNotThereFails() {
        assertThatThrownBy(() -> fromA.fetch("b", ID, 0).blockLast(PATIENCE))
                .isInstanceOf(PeerException.class);
    }

    @Test
    void readerThatAsksForNothingHoldsBackTheOneWhoGives() {
        AtomicLong given = new AtomicLong();
        atB.serve(new BodyPeers.Replica() {
            @Override
            public Mono<Void> receive(UUID id, Flux<BodyPart> parts) {
                return Mono.never();
            }

            @Override
            public Flux<ByteBuffer> read(UUID id, long offset) {
                return Flux.generate(sink -> {
                    given.addAndGet(CHUNK);
                    sink.next(ByteBuffer.allocate(CHUNK));
                });
            }
        });

        Disposable fetching = fromA.fetch("b", ID, 0).limitRate(1)
                .concatMap(bytes -> Mono.never(), 1).subscribe();
        await().until(() -> given.get() > 0);

        await().during(Duration.ofMillis(500)).atMost(PATIENCE)
                .until(() -> given.get() <= (4 << 20) + 8L * CHUNK);
        fetching.dispose();
    }

    @Test
    void chunkThatChangedOnItsWayIsRefused() {
        var chunk = Chunks.chunk(ByteBuffer.wrap(new byte[]{1, 2, 3}));
        var changed = chunk.toBuilder().setBytes(ByteString.copyFrom(new byte[]{1, 2, 4})).build();

        assertThat(Chunks.bytes(chunk)).isEqualTo(ByteBuffer.wrap(new byte[]{1, 2, 3}));
        assertThatThrownBy(() -> Chunks.bytes(changed))
                .isInstanceOf(Chunks.DamagedChunkException.class);
    }

    @Test
    void manyBodiesAtOnceArrive() {
        Flux.range(0, 64).flatMap(
                i -> fromA.push("b", new UUID(3, i), parts(random(i * 10_000))), 64)
                .blockLast(PATIENCE);

        assertThat(bodies.held).hasSize(64);
        assertThat(bodies.held.get(new UUID(3, 63))).isEqualTo(random(630_000));
    }

    private Mono<Void> push(Flux<BodyPart> parts) {
        return fromA.push("b", ID, parts);
    }

    private static Flux<BodyPart> parts(byte[] body) {
        CRC32C crc32c = new CRC32C();
        crc32c.update(body);
        return split(body, 0).<BodyPart>map(BodyPart.Bytes::new)
                .concatWith(Mono.just(new BodyPart.End(body.length, (int) crc32c.getValue())));
    }

    private static Flux<ByteBuffer> split(byte[] body, int offset) {
        int count = (body.length - offset + CHUNK - 1) / CHUNK;
        return Flux.range(0, count).map(i -> ByteBuffer.wrap(body, offset + i * CHUNK,
                Math.min(CHUNK, body.length - offset - i * CHUNK)));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
