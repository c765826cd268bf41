package io.quorate.kv.peer.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quorate.fixtures.time.Punctual;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.PeerCalls.Handler;
import io.quorate.kv.PeerCalls.Kind;
import io.quorate.kv.PeerException;
import io.quorate.kv.PeerException.Reach;
import io.quorate.kv.Value;
import io.quorate.kv.peer.Lane;
import io.quorate.kv.peer.PeerAddress;
import io.quorate.kv.peer.PeerRefusedException;
import io.quorate.kv.peer.TestCluster;
import io.quorate.kv.peer.TestPeer;
import io.quorate.kv.peer.wire.RefusalReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

class GrpcPeerCallsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestCluster cluster = new TestCluster();
    private final TestPeer asking = new TestPeer("n1", cluster);
    private final TestPeer asked = new TestPeer("n2", cluster);
    private final GrpcPeerCalls calls = new GrpcPeerCalls(asking.connections());
    private final GrpcPeerCalls served = new GrpcPeerCalls(asked.connections());

    @BeforeEach
    void start() {
        asking.start(calls.service());
        asked.start(served.service());
    }

    @AfterEach
    void stop() {
        asking.close();
        asked.close();
    }

    private Mono<Value> call(String text) {
        return calls.call("n2", Kind.COMMIT, 7, value(text));
    }

    private static <T> T within(Duration time, Mono<T> mono) {
        return Objects.requireNonNull(
                mono.contextWrite(Deadline.after(time)::into).block(LONG));
    }

    private static Value value(String text) {
        return Value.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void answerComesBackFromTheHandlerOfTheKind() {
        served.serve(Kind.COMMIT, (group, request) -> Mono.just(value(group + " "
                + new String(request.shared(), StandardCharsets.UTF_8))));
        served.serve(Kind.READ, (group, request) -> Mono.just(value("wrong")));

        assertThat(within(LONG, call("text"))).isEqualTo(value("7 text"));
    }

    @Test
    void failureArrivesAsItsType() {
        served.serve(Kind.COMMIT, (group, request) -> Mono
                .error(new KvFailure.NotLeader(Optional.of("n3")).asException()));

        assertThatThrownBy(() -> within(LONG, call("x"))).isInstanceOfSatisfying(KvException.class,
                failure -> assertThat(failure.failure())
                        .isEqualTo(new KvFailure.NotLeader(Optional.of("n3"))));
    }

    @Test
    void handlerThatBreaksLeavesTheOutcomeOpen() {
        served.serve(Kind.COMMIT, (group, request) -> {
            throw new IllegalStateException("a defect");
        });

        assertThatThrownBy(() -> within(LONG, call("x"))).isInstanceOfSatisfying(KvException.class,
                failure -> assertThat(failure.failure()).isEqualTo(new KvFailure.OutcomeUnknown()));
    }

    @Test
    void kindThatNobodyServesYetMayBeAskedAgain() {
        assertThatThrownBy(() -> within(LONG, call("x"))).isInstanceOfSatisfying(KvException.class,
                failure -> assertThat(failure.failure()).isEqualTo(new KvFailure.NoLeader()));
    }

    @Test
    void remainingTimeArrivesAndEndsTheCallOnBothSides() throws Exception {
        served.serve(Kind.READ, (group, request) -> Mono.just(request));
        within(LONG, calls.call("n2", Kind.READ, 0, value("connect")));
        Duration patience = Duration.ofMillis(500);
        LinkedBlockingQueue<Deadline> arrived = new LinkedBlockingQueue<>();
        CountDownLatch cancelled = new CountDownLatch(1);
        served.serve(Kind.COMMIT, (group, request) -> Mono.deferContextual(context -> {
            arrived.add(Deadline.of(context));
            return Mono.<Value>never().doOnCancel(cancelled::countDown);
        }));

        Punctual.between(Duration.ofMillis(475), Duration.ofMillis(800), () -> {
            arrived.clear();
            assertThatThrownBy(() -> within(patience, call("x"))).isInstanceOfSatisfying(
                    PeerException.class,
                    failure -> assertThat(failure.reach()).isEqualTo(Reach.MAYBE_ARRIVED));
        });

        // The clock is the same on both sides, and the way there takes time.
        Deadline there = Objects.requireNonNull(arrived.poll(60, TimeUnit.SECONDS));
        assertThat(there.remaining()).isLessThan(patience);
        assertThat(cancelled.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void cancelReachesTheHandler() {
        CountDownLatch arrived = new CountDownLatch(1);
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        served.serve(Kind.COMMIT, (group, request) -> Mono.<Value>never()
                .doOnSubscribe(subscription -> arrived.countDown())
                .doOnCancel(() -> cancelled.complete(true)));

        Disposable caller = call("x").contextWrite(Deadline.after(LONG)::into).subscribe();
        await().atMost(LONG).until(() -> arrived.getCount() == 0);
        caller.dispose();

        assertThat(cancelled.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void callMadeByAHandlerOutlivesTheCallItServes() {
        CompletableFuture<Value> second = new CompletableFuture<>();
        CountDownLatch release = new CountDownLatch(1);
        calls.serve(Kind.READ, (group, request) -> Mono.<Value>create(sink -> Thread.ofVirtual()
                .start(() -> {
                    awaitUninterruptibly(release);
                    sink.success(value("later"));
                })));
        served.serve(Kind.COMMIT, (group, request) -> {
            served.call("n1", Kind.READ, 0, request).contextWrite(Deadline.after(LONG)::into)
                    .subscribe(second::complete, second::completeExceptionally);
            return Mono.just(value("done"));
        });

        assertThat(within(LONG, call("x"))).isEqualTo(value("done"));
        release.countDown();

        assertThat(second.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(value("later"));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        await().atMost(LONG).until(() -> latch.getCount() == 0);
    }

    @Test
    void unreachableNodeWasSentNothing() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            cluster.put("gone", Optional.empty(),
                    new PeerAddress("127.0.0.1", closed.getLocalPort()));
        }

        assertReach("gone", Reach.NOT_SENT);
    }

    @Test
    void nodeWithoutAnAddressWasSentNothing() {
        assertReach("nobody", Reach.NOT_SENT);
    }

    @Test
    void nodeThatRefusesTheCallerWasAskedNothing() {
        cluster.put("n1", Optional.of(new UUID(9, 9)), asking.address());

        assertThatThrownBy(() -> within(LONG, call("x"))).isInstanceOfSatisfying(
                PeerException.class, failure -> {
                    assertThat(failure.reach()).isEqualTo(Reach.NOT_SENT);
                    assertThat(failure.getCause()).isInstanceOfSatisfying(
                            PeerRefusedException.class,
                            refused -> assertThat(refused.refusal().reason())
                                    .isEqualTo(RefusalReason.OTHER_MEMBER));
                });
    }

    @Test
    void connectionThatBreaksUnderACallMayHaveDelivered() {
        served.serve(Kind.COMMIT, (group, request) -> {
            Thread.ofVirtual().start(asked::stopServer);
            return Mono.never();
        });

        assertReach("n2", Reach.MAYBE_ARRIVED);
    }

    private void assertReach(String node, Reach reach) {
        assertThatThrownBy(
                () -> within(LONG, calls.call(node, Kind.COMMIT, 7, value("x"))))
                .isInstanceOfSatisfying(PeerException.class,
                        failure -> assertThat(failure.reach()).isEqualTo(reach));
    }

    @Test
    void callsBeyondTheBoundAreRefusedAtOnce() {
        served.serve(Kind.COMMIT, (group, request) -> Mono.never());
        List<Disposable> waiting = new ArrayList<>();
        for (int n = 0; n < GrpcPeerCalls.IN_FLIGHT_MAX; n++) {
            waiting.add(call("x").contextWrite(Deadline.after(LONG)::into).subscribe());
        }

        assertThatThrownBy(() -> within(LONG, call("one too many"))).isInstanceOfSatisfying(
                KvException.class, failure -> assertThat(failure.failure())
                        .isEqualTo(new KvFailure.Overloaded("peer.calls")));

        waiting.forEach(Disposable::dispose);
        Handler echo = (group, request) -> Mono.just(request);
        served.serve(Kind.READ, echo);
        assertThat(within(LONG, calls.call("n2", Kind.READ, 0, value("again"))))
                .isEqualTo(value("again"));
    }

    @Test
    void largestValueFits() {
        served.serve(Kind.COMMIT, (group, request) -> Mono.just(request));
        Value large = Value.of(new byte[8 << 20]);

        assertThat(within(LONG, calls.call("n2", Kind.COMMIT, 0, large))).isEqualTo(large);
    }

    @Test
    void callAfterAReconnectSucceeds() {
        served.serve(Kind.COMMIT, (group, request) -> Mono.just(request));
        within(LONG, call("before"));

        asked.stopServer();
        asked.startServer();
        asking.connections().breakUp("n2", Lane.CONTROL);

        await().atMost(LONG).ignoreExceptions()
                .until(() -> within(Duration.ofSeconds(1), call("after")).equals(value("after")));
    }
}
