package io.quorate.kv.peer.service;

import static io.quorate.kv.peer.service.ServedKv.bytes;
import static io.quorate.kv.peer.service.ServedKv.failureOf;
import static io.quorate.kv.peer.service.ServedKv.statusOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quorate.fixtures.time.Punctual;
import io.quorate.kv.AtLeader;
import io.quorate.kv.Committed;
import io.quorate.kv.Deadline;
import io.quorate.kv.Key;
import io.quorate.kv.KvFailure;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.node.NodeSeams;
import io.quorate.kv.node.RunningNode;
import io.quorate.kv.node.StallingLogFiles;
import io.quorate.kv.peer.PeerCertificate;
import io.quorate.kv.v1.AppendRequest;
import io.quorate.kv.v1.AppendResponse;
import io.quorate.kv.v1.Failure;
import io.quorate.kv.v1.Failure.ReasonCase;
import io.quorate.kv.v1.GetRequest;
import io.quorate.kv.v1.GetResponse;
import io.quorate.kv.v1.PutRequest;
import io.quorate.kv.v1.Retry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** What callers hear of failures, deadlines and cancels. */
class KvServiceFailureTest {
    private static final GetRequest GET = GetRequest.newBuilder().setKey(bytes("k")).build();
    private static final PutRequest PUT = PutRequest.newBuilder().setKey(bytes("k")).build();
    private static final AppendRequest APPEND = AppendRequest.newBuilder().setKey(bytes("k"))
            .build();

    static Stream<Arguments> failures() {
        return Stream.of(
                told(new KvFailure.NotLeader(Optional.of("n2")), Code.UNAVAILABLE,
                        Retry.RETRY_SAFE, ReasonCase.NOT_LEADER),
                told(new KvFailure.NoLeader(), Code.UNAVAILABLE, Retry.RETRY_SAFE,
                        ReasonCase.NO_LEADER),
                told(new KvFailure.LeadershipTransferInProgress(), Code.UNAVAILABLE,
                        Retry.RETRY_SAFE, ReasonCase.LEADERSHIP_TRANSFER_IN_PROGRESS),
                told(new KvFailure.Overloaded("queue"), Code.RESOURCE_EXHAUSTED,
                        Retry.RETRY_SAFE, ReasonCase.OVERLOADED),
                told(new KvFailure.DeadlineExceeded(), Code.DEADLINE_EXCEEDED, Retry.RETRY_SAFE,
                        ReasonCase.DEADLINE_EXCEEDED),
                told(new KvFailure.OutcomeUnknown(), Code.UNKNOWN, Retry.RETRY_OUTCOME_UNKNOWN,
                        ReasonCase.OUTCOME_UNKNOWN),
                told(new KvFailure.WriteConflict(), Code.ABORTED, Retry.RETRY_SAFE,
                        ReasonCase.WRITE_CONFLICT),
                told(new KvFailure.Refused("why"), Code.INVALID_ARGUMENT, Retry.RETRY_NEVER,
                        ReasonCase.REFUSED),
                told(new KvFailure.DiskFull(), Code.RESOURCE_EXHAUSTED, Retry.RETRY_SAFE,
                        ReasonCase.DISK_FULL),
                told(new KvFailure.Poisoned("why"), Code.UNAVAILABLE, Retry.RETRY_SAFE,
                        ReasonCase.POISONED));
    }

    private static Arguments told(KvFailure failure, Code code, Retry retry,
            ReasonCase reason) {
        return Arguments.of(failure, code, retry, reason);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void eachFailureSaysWhatMayBeDone(KvFailure failure, Code code, Retry retry,
            ReasonCase reason) throws Exception {
        try (ServedKv served = answering(Mono.error(failure.asException()))) {
            for (StatusRuntimeException told : new StatusRuntimeException[]{
                statusOf(() -> served.client().get(GET)),
                statusOf(() -> served.client().put(PUT)),
                statusOf(() -> served.client().append(APPEND))}) {
                assertThat(told.getStatus().getCode()).isEqualTo(code);
                assertThat(failureOf(told).getRetry()).isEqualTo(retry);
                assertThat(failureOf(told).getReasonCase()).isEqualTo(reason);
            }
        }
    }

    @Test
    void theLeaderAndTheBoundAreNamed() throws Exception {
        Failure elsewhere;
        try (ServedKv served = answering(
                Mono.error(new KvFailure.NotLeader(Optional.of("n2")).asException()))) {
            elsewhere = failureOf(statusOf(() -> served.client().put(PUT)));
        }
        Failure overloaded;
        try (ServedKv served = answering(
                Mono.error(new KvFailure.Overloaded("queue").asException()))) {
            overloaded = failureOf(statusOf(() -> served.client().put(PUT)));
        }

        assertThat(elsewhere.getNotLeader().getLeader()).isEqualTo("n2");
        assertThat(overloaded.getOverloaded().getBound()).isEqualTo("queue");
    }

    @Test
    void aDefectLeavesTheOutcomeOfAWriteUnknown() throws Exception {
        try (ServedKv served = answering(Mono.error(new IllegalStateException("secret")))) {
            StatusRuntimeException write = statusOf(() -> served.client().put(PUT));
            StatusRuntimeException read = statusOf(() -> served.client().get(GET));

            assertThat(write.getStatus().getCode()).isEqualTo(Code.INTERNAL);
            assertThat(write.getMessage()).doesNotContain("secret");
            assertThat(failureOf(write).getRetry()).isEqualTo(Retry.RETRY_OUTCOME_UNKNOWN);
            assertThat(failureOf(read).getRetry()).isEqualTo(Retry.RETRY_NEVER);
        }
    }

    @Test
    void whoIsNotKnownIsRefused() throws Exception {
        try (ServedKv served = new ServedKv(new KvService(), call -> Optional.empty())) {
            StatusRuntimeException refused = statusOf(() -> served.client().put(PUT));

            assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
        }
    }

    @Test
    void headersOfTheCallReachTheAuthenticator() throws Exception {
        CompletableFuture<Optional<String>> seen = new CompletableFuture<>();
        try (ServedKv served = new ServedKv(new KvService(), call -> {
            seen.complete(call.headers().apply("signature"));
            return Optional.empty();
        })) {
            Metadata headers = new Metadata();
            headers.put(Metadata.Key.of("signature", Metadata.ASCII_STRING_MARSHALLER), "shop");

            StatusRuntimeException refused = statusOf(() -> served.client()
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .put(PUT));

            assertThat(seen.get(60, TimeUnit.SECONDS)).contains("shop");
            assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
        }
    }

    @Test
    void aCallIsRefusedUntilThereIsAStore() throws Exception {
        try (ServedKv served = new ServedKv(new KvService(),
                CallerAuthenticator.byCertificate())) {
            StatusRuntimeException early = statusOf(() -> served.client().put(PUT));

            assertThat(failureOf(early).getReasonCase()).isEqualTo(ReasonCase.NO_LEADER);
            assertThat(failureOf(early).getRetry()).isEqualTo(Retry.RETRY_SAFE);
        }
    }

    @Test
    void certificatesOfTheAuthorityAreIdentitiesAndPlaintextIsForThisMachineOnly() {
        CallerAuthenticator standard = CallerAuthenticator.byCertificate();
        String method = "quorate.kv.v1.Kv/Put";

        assertThat(standard.authenticate(new CallerAuthenticator.Presented(method,
                new PeerCertificate.Shown(List.of("quorate://client/shop")), false,
                none -> Optional.empty())))
                .contains("quorate://client/shop");
        assertThat(standard.authenticate(new CallerAuthenticator.Presented(method,
                new PeerCertificate.Missing(), true, none -> Optional.empty()))).isEmpty();
        assertThat(standard.authenticate(new CallerAuthenticator.Presented(method,
                new PeerCertificate.NotNeeded(), false, none -> Optional.empty()))).isEmpty();
        assertThat(standard.authenticate(new CallerAuthenticator.Presented(method,
                new PeerCertificate.NotNeeded(), true, none -> Optional.empty())))
                .contains("local");
    }

    @Test
    void signaturesAreSeenWhereThereIsNoCertificate() {
        CallerAuthenticator signed = call -> call.headers().apply("signature");
        CallerAuthenticator.Presented call = new CallerAuthenticator.Presented(
                "quorate.kv.v1.Kv/Put", new PeerCertificate.Missing(), false,
                name -> Optional.of(name + " of shop"));

        assertThat(CallerAuthenticator.byCertificate().or(signed).authenticate(call))
                .contains("signature of shop");
    }

    @Test
    void theCallsDeadlineIsTheStoresLessTheWayBack() throws Exception {
        // The rest of the time is the way there, which a busy machine makes long.
        assertThat(deadlineOf(Duration.ofSeconds(10))).isBetween(Duration.ofSeconds(1),
                Duration.ofMillis(9_950));
        assertThat(deadlineOf(Duration.ofSeconds(30))).isBetween(Duration.ofSeconds(20),
                Duration.ofMillis(29_950));
        assertThat(deadlineOf(Duration.ofHours(2))).isBetween(Duration.ofSeconds(50),
                Duration.ofMillis(59_950));
    }

    @Test
    void aCallWithoutDeadlineHasTheDefaultOne() throws Exception {
        CompletableFuture<Duration> seen = new CompletableFuture<>();
        try (ServedKv served = answering(noting(seen))) {
            ListenableFuture<GetResponse> unused = served.futures().get(GET);

            assertThat(seen.get(60, TimeUnit.SECONDS)).isBetween(Duration.ofSeconds(1),
                    Limits.DEFAULT_DEADLINE);
        }
    }

    @Test
    void aCancelledCallCancelsItsWork() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch cancelled = new CountDownLatch(2);
        Mono<Object> never = Mono.never().doOnSubscribe(any -> begun.countDown())
                .doOnCancel(cancelled::countDown);
        try (ServedKv served = answering(never)) {
            ListenableFuture<GetResponse> get = served.futures().get(GET);
            ListenableFuture<AppendResponse> append = served.futures().append(APPEND);
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

            get.cancel(true);
            append.cancel(true);

            assertThat(cancelled.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aWriteOnAStalledDiskIsAnsweredAsUnknownByItsDeadline(@TempDir Path directory)
            throws Exception {
        StallingLogFiles disk = new StallingLogFiles();
        try (RunningNode node = RunningNode.on(directory,
                NodeSeams.system().withLogFiles(disk));
                ServedKv served = new ServedKv(node.node().kv(), node.node().atLeader())) {
            served.client().put(PUT);
            loadWhatFailuresAreMadeOf(served);
            disk.stall();
            try {
                // What comes later than the deadline is the client's own answer, without a reason in it.
                Punctual.betweenAsTimed(Duration.ofMillis(1_900), Duration.ofMillis(2_000), () -> {
                    long begun = System.nanoTime();
                    StatusRuntimeException late = statusOf(() -> served.client()
                            .withDeadlineAfter(2, TimeUnit.SECONDS).put(PUT));
                    Duration took = Duration.ofNanos(System.nanoTime() - begun);
                    if (late.getStatus().getCode() == Code.DEADLINE_EXCEEDED) {
                        return took.plus(Duration.ofSeconds(2));
                    }
                    assertThat(late.getStatus().getCode()).isEqualTo(Code.UNKNOWN);
                    assertThat(failureOf(late).getRetry()).isEqualTo(Retry.RETRY_OUTCOME_UNKNOWN);
                    return took;
                });
            } finally {
                disk.goOn();
            }
        }
    }

    /** The first failure of a process takes as long as loading some hundred classes takes. */
    private static void loadWhatFailuresAreMadeOf(ServedKv served) {
        StatusRuntimeException unused = statusOf(
                () -> served.client().get(GetRequest.getDefaultInstance()));
    }

    private static Duration deadlineOf(Duration ofCall) throws Exception {
        CompletableFuture<Duration> seen = new CompletableFuture<>();
        try (ServedKv served = answering(noting(seen))) {
            ListenableFuture<GetResponse> unused = served.futures()
                    .withDeadlineAfter(ofCall.toMillis(), TimeUnit.MILLISECONDS).get(GET);
            return seen.get(60, TimeUnit.SECONDS);
        }
    }

    private static Mono<Object> noting(CompletableFuture<Duration> seen) {
        return Mono.deferContextual(context -> {
            seen.complete(Deadline.of(context).remaining());
            return Mono.never();
        });
    }

    /** A service on a store that answers everything with this. */
    private static ServedKv answering(Mono<Object> outcome) throws Exception {
        return new ServedKv(new StubStore(outcome), new StubLeaders(outcome));
    }

    private record StubStore(Mono<Object> outcome) implements TransactionalKv {
        @Override
        public Mono<Optional<Versioned>> get(Key key) {
            return outcome.map(any -> Optional.empty());
        }

        @Override
        public Mono<ScanPage> scan(Scan scan) {
            return outcome.cast(ScanPage.class);
        }

        @Override
        public Mono<Committed> commit(Transaction transaction) {
            return outcome.cast(Committed.class);
        }
    }

    private record StubLeaders(Mono<Object> outcome) implements AtLeader {
        @Override
        public void register(String name, LeaderHandler handler) {
            assertThat(name).isEqualTo(TxnHandler.NAME);
        }

        @Override
        public Mono<Value> call(Key key, String name, Value request,
                Optional<RetryId> retryId) {
            return outcome.cast(Value.class);
        }
    }
}
