package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;
import static io.quorate.kv.node.RunningNode.failure;
import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.text;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Condition;
import io.quorate.kv.Condition.VersionIs;
import io.quorate.kv.Deadline;
import io.quorate.kv.Fence;
import io.quorate.kv.KeyRange;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Mutation.Delete;
import io.quorate.kv.Mutation.DeleteRange;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanFingerprint;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What transactions promise, on a running node. */
class TransactionSemanticsTest {
    private static final Scan ALL = Scan.ascending(KeyRange.withPrefix(key("row/")), 100);

    @TempDir
    Path directory;
    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        node = RunningNode.on(directory);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void allOfATransactionHappensOrNothing() {
        long seen = put("a", "1");
        put("a", "2");

        KvFailure failure = failure(node.node().kv().commit(new Transaction(
                List.of(new VersionIs(key("a"), seen)),
                List.of(new Put(key("a"), value("3")), new Put(key("b"), value("3"))))));

        assertThat(failure).isEqualTo(new KvFailure.ConditionFailed(0));
        assertThat(node.text(key("a"))).contains("2");
        assertThat(node.get(key("b"))).isEmpty();
    }

    @Test
    void theFirstConditionThatFailsIsNamed() {
        long a = put("a", "1");

        KvFailure failure = failure(node.node().kv().commit(new Transaction(
                List.of(new VersionIs(key("a"), a), new Condition.Exists(key("nothing")),
                        VersionIs.absent(key("a"))),
                List.of(new Put(key("c"), value("1"))))));

        assertThat(failure).isEqualTo(new KvFailure.ConditionFailed(1));
    }

    @Test
    void absenceIsAVersionThatCanChange() {
        Transaction create = new Transaction(List.of(VersionIs.absent(key("a"))),
                List.of(new Put(key("a"), value("1"))));
        node.commit(create);

        assertThat(failure(node.node().kv().commit(create)))
                .isEqualTo(new KvFailure.ConditionFailed(0));

        node.commit(Transaction.of(new Delete(key("a"))));
        node.commit(create);
        assertThat(node.text(key("a"))).contains("1");
    }

    @Test
    void anEqualValueWrittenAnewIsAnotherVersion() {
        long first = put("a", "1");
        put("a", "1");

        assertThat(failure(node.node().kv().commit(new Transaction(
                List.of(new VersionIs(key("a"), first)),
                List.of(new Put(key("a"), value("2")))))))
                .isEqualTo(new KvFailure.ConditionFailed(0));
        node.commit(new Transaction(List.of(new Condition.ValueIs(key("a"), value("1"))),
                List.of(new Put(key("a"), value("2")))));
    }

    @Test
    void aRangeThatGainedARowIsNoticed() {
        put("row/1", "x");
        ScanPage page = await(node.node().kv().scan(ALL));
        Condition unchanged = new Condition.ScanUnchanged(ALL, ScanFingerprint.of(page));
        node.commit(new Transaction(List.of(unchanged), List.of(new Put(key("sum"), value("1")))));

        put("row/2", "y");

        assertThat(failure(node.node().kv().commit(new Transaction(List.of(unchanged),
                List.of(new Put(key("sum"), value("2")))))))
                .isEqualTo(new KvFailure.ConditionFailed(0));
    }

    @Test
    void aRangeIsDeletedWhole() {
        put("row/1", "x");
        put("row/2", "y");
        put("rox", "z");

        node.commit(Transaction.of(new DeleteRange(KeyRange.withPrefix(key("row/")))));

        assertThat(await(node.node().kv().scan(ALL)).rows()).isEmpty();
        assertThat(node.text(key("rox"))).contains("z");
    }

    /** Two on call, each leaves if the other stays: both leaving is the skew (Berenson et al.). */
    @Test
    void writeSkewIsRefused() {
        long alice = put("alice", "on");
        long bob = put("bob", "on");
        Mono<KvFailure> aliceLeaves = leave("alice", "bob", bob);
        Mono<KvFailure> bobLeaves = leave("bob", "alice", alice);

        List<KvFailure> failures = Flux.merge(aliceLeaves, bobLeaves)
                .contextWrite(Deadline.after(Duration.ofSeconds(10))::into).collectList().block();

        assertThat(failures).containsExactly(new KvFailure.ConditionFailed(0));
        assertThat(List.of(node.text(key("alice")), node.text(key("bob")))).extracting(
                status -> status.orElse("")).containsExactlyInAnyOrder("on", "off");
    }

    @Test
    void aDataWriteLiesBeforeAChangeOfItsDefinitionOrFails() {
        node.commit(Transaction.of(Fence.establish(key("fence"), 1)));
        Fence fence = Fence.of(node.get(key("fence")).orElseThrow());
        for (int i = 0; i < 50; i++) {
            node.commit(new Transaction(List.of(fence.unchanged()),
                    List.of(new Put(key("row/" + i), value("1")))));
        }

        long changed = node.commit(new Transaction(List.of(fence.unchanged()),
                List.of(fence.raise()))).commitTs();

        assertThat(failure(node.node().kv().commit(new Transaction(List.of(fence.unchanged()),
                List.of(new Put(key("row/late"), value("1")))))))
                .isEqualTo(new KvFailure.ConditionFailed(0));
        assertThat(await(node.node().kv().scan(ALL)).rows()).hasSize(50)
                .allSatisfy(row -> assertThat(row.version()).isLessThan(changed));
        assertThat(Fence.of(node.get(key("fence")).orElseThrow()).generation()).isEqualTo(2);
    }

    @Test
    void dataWritesThatRaceWithAChangeOfTheirDefinitionNeverLandBehindIt() {
        node.commit(Transaction.of(Fence.establish(key("fence"), 1)));
        Fence fence = Fence.of(node.get(key("fence")).orElseThrow());
        Flux<String> writes = Flux.range(0, 400).flatMap(i -> node.node().kv()
                .commit(new Transaction(List.of(fence.unchanged()),
                        List.of(new Put(key("row/" + i), value("1")))))
                .map(committed -> "written").onErrorReturn("refused"), 32);
        Mono<Long> change = writes.elementAt(100).then(node.node().kv()
                .commit(Transaction.of(fence.raise()))).map(committed -> committed.commitTs());

        long changedAt = await(Mono.zip(writes.collectList(), change)).getT2();

        assertThat(await(node.node().kv()
                .scan(Scan.ascending(KeyRange.withPrefix(key("row/")), 1_000))).rows())
                .extracting(Versioned::version)
                .allSatisfy(version -> assertThat(version).isLessThan(changedAt));
    }

    @Test
    void aScanIsBoundedAndSaysSo() {
        for (int i = 0; i < 5; i++) {
            put("row/" + i, "x");
        }

        ScanPage page = await(node.node().kv()
                .scan(Scan.ascending(KeyRange.withPrefix(key("row/")), 3)));

        assertThat(page.rows()).extracting(row -> text(row.value())).hasSize(3);
        assertThat(page.more()).isTrue();
    }

    @Test
    void aTransactionOfSeveralMegabytesIsCommittedAndOneBeyondTheBoundIsRefused() {
        Value large = Value.of(new byte[Value.MAX_LENGTH]);
        node.commit(Transaction.of(new Put(key("a"), large), new Put(key("b"), large),
                new Put(key("c"), large)));

        KvFailure failure = failure(node.node().kv().commit(Transaction.of(
                new Put(key("a"), value("1")), new Put(key("d"), large), new Put(key("e"), large),
                new Put(key("f"), large), new Put(key("g"), large))));

        assertThat(failure).isInstanceOf(KvFailure.Refused.class);
        assertThat(node.get(key("c"))).map(row -> row.value()).contains(large);
        assertThat(node.get(key("a"))).map(row -> row.value()).contains(large);
    }

    @Test
    void aPassedDeadlineIsSaidAtOnce() {
        assertThat(failure(node.node().kv().get(key("a")), Duration.ZERO))
                .isEqualTo(new KvFailure.DeadlineExceeded());
        assertThat(failure(node.node().kv().commit(
                Transaction.of(new Put(key("a"), value("1")))), Duration.ZERO))
                .isEqualTo(new KvFailure.DeadlineExceeded());
        assertThat(node.get(key("a"))).isEmpty();
    }

    private Mono<KvFailure> leave(String who, String other, long otherVersion) {
        return node.node().kv()
                .commit(new Transaction(List.of(new VersionIs(key(other), otherVersion)),
                        List.of(new Put(key(who), value("off")))))
                .then(Mono.<KvFailure>empty())
                .onErrorResume(io.quorate.kv.KvException.class, e -> Mono.just(e.failure()));
    }

    private long put(String name, String text) {
        return node.commit(Transaction.of(new Put(key(name), value(text)))).commitTs();
    }
}
