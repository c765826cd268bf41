package io.quorate.kv.peer.service;

import static io.quorate.kv.peer.service.ServedKv.bytes;
import static io.quorate.kv.peer.service.ServedKv.failureOf;
import static io.quorate.kv.peer.service.ServedKv.statusOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.quorate.kv.node.RunningNode;
import io.quorate.kv.v1.AppendOperation;
import io.quorate.kv.v1.Compare;
import io.quorate.kv.v1.DeleteOperation;
import io.quorate.kv.v1.DeleteRangeOperation;
import io.quorate.kv.v1.GetOperation;
import io.quorate.kv.v1.GetRequest;
import io.quorate.kv.v1.GetResponse;
import io.quorate.kv.v1.Operation;
import io.quorate.kv.v1.OperationResult;
import io.quorate.kv.v1.PutOperation;
import io.quorate.kv.v1.PutRequest;
import io.quorate.kv.v1.RangeOperation;
import io.quorate.kv.v1.RangeResponse;
import io.quorate.kv.v1.Relation;
import io.quorate.kv.v1.Row;
import io.quorate.kv.v1.Span;
import io.quorate.kv.v1.TxnRequest;
import io.quorate.kv.v1.TxnResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What transactions mean, over gRPC on a running node. */
class KvTxnTest {
    @TempDir
    Path directory;
    private RunningNode node;
    private ServedKv served;

    @BeforeEach
    void start() throws Exception {
        node = RunningNode.on(directory);
        served = new ServedKv(node.node().kv(), node.node().atLeader());
    }

    @AfterEach
    void close() throws Exception {
        served.close();
        node.close();
    }

    @Test
    void allHoldingComparisonsLeadToThen() {
        long stamp = put("a", "1");

        TxnResponse done = txn(TxnRequest.newBuilder()
                .addCompares(stamp("a", Relation.EQUAL, stamp))
                .addCompares(stamp("absent", Relation.EQUAL, 0))
                .addCompares(value("a", Relation.EQUAL, "1")).addThen(putting("a", "2"))
                .addThen(putting("b", "3")).addOtherwise(putting("c", "4")));

        assertThat(done.getSucceeded()).isTrue();
        assertThat(done.getResultsList()).hasSize(2).allMatch(OperationResult::hasPut);
        assertThat(row("a").getValue()).isEqualTo(bytes("2"));
        assertThat(row("a").getStamp()).isEqualTo(row("b").getStamp())
                .isEqualTo(done.getStamp());
        assertThat(get("c").hasRow()).isFalse();
    }

    @Test
    void oneFailingComparisonLeadsToOtherwise() {
        put("a", "1");

        TxnResponse done = txn(TxnRequest.newBuilder()
                .addCompares(value("a", Relation.EQUAL, "1"))
                .addCompares(value("a", Relation.EQUAL, "2")).addThen(putting("a", "3"))
                .addOtherwise(getting("a")));

        assertThat(done.getSucceeded()).isFalse();
        assertThat(done.getResults(0).getGet().getRow().getValue()).isEqualTo(bytes("1"));
        assertThat(done.getStamp()).as("nothing was changed").isZero();
    }

    @Test
    void relationsCompareStampsAsNumbersAndValuesAsBytes() {
        long older = put("a", "m");
        long newer = put("b", "\u00ff");

        assertThat(holds(stamp("b", Relation.GREATER, older))).isTrue();
        assertThat(holds(stamp("a", Relation.LESS, newer))).isTrue();
        assertThat(holds(stamp("a", Relation.GREATER, older))).isFalse();
        assertThat(holds(stamp("a", Relation.NOT_EQUAL, older))).isFalse();
        assertThat(holds(stamp("absent", Relation.LESS, older))).isTrue();
        assertThat(holds(value("a", Relation.LESS, "n"))).isTrue();
        assertThat(holds(value("a", Relation.GREATER, "lzzz"))).isTrue();
        assertThat(holds(value("b", Relation.GREATER, "m"))).as("bytes are unsigned").isTrue();
        assertThat(holds(value("a", Relation.NOT_EQUAL, "m"))).isFalse();
    }

    @Test
    void anAbsentRowsValueOnlyDiffers() {
        assertThat(holds(value("absent", Relation.NOT_EQUAL, ""))).isTrue();
        assertThat(holds(value("absent", Relation.EQUAL, ""))).isFalse();
        assertThat(holds(value("absent", Relation.LESS, "x"))).isFalse();
        assertThat(holds(value("absent", Relation.GREATER, ""))).isFalse();
    }

    @Test
    void laterOperationsSeeEarlierOnes() {
        put("k1", "stored");
        put("k2", "stored");

        TxnResponse done = txn(TxnRequest.newBuilder().addThen(getting("k1"))
                .addThen(putting("k1", "own")).addThen(getting("k1"))
                .addThen(deleting("k2")).addThen(getting("k2")).addThen(appending("k3", "x"))
                .addThen(appending("k3", "y")).addThen(ranging("k", 0, false)));

        assertThat(done.getResults(0).getGet().getRow().getValue()).isEqualTo(bytes("stored"));
        assertThat(done.getResults(2).getGet().getRow()).isEqualTo(
                Row.newBuilder().setKey(bytes("k1")).setValue(bytes("own"))
                        .setStamp(done.getStamp()).build());
        assertThat(done.getResults(3).getDelete().getDeleted()).isTrue();
        assertThat(done.getResults(4).getGet().hasRow()).isFalse();
        assertThat(done.getResults(6).getAppend().getLength()).isEqualTo(2);
        assertThat(done.getResults(7).getRange().getRowsList())
                .extracting(row -> row.getValue().toStringUtf8()).containsExactly("own", "xy");
        assertThat(row("k3").getStamp()).isEqualTo(done.getStamp());
    }

    @Test
    void aRangeUnderOwnWritesIsCutAtItsLimitAndSaysWhereItGoesOn() {
        List.of("b", "d", "f", "h").forEach(key -> put(key, "stored"));

        TxnResponse done = txn(TxnRequest.newBuilder().addThen(putting("a", "own"))
                .addThen(deleting("d")).addThen(putting("e", "own"))
                .addThen(putting("z", "own")).addThen(ranging("", 3, false))
                .addThen(ranging("", 3, true)));

        RangeResponse ascending = done.getResults(4).getRange();
        assertThat(keys(ascending)).containsExactly("a", "b", "e");
        assertThat(ascending.getMore()).isTrue();
        assertThat(ascending.getNext()).isEqualTo(bytes("e\0"));
        RangeResponse descending = done.getResults(5).getRange();
        assertThat(keys(descending)).containsExactly("z", "h", "f");
        assertThat(descending.getMore()).isTrue();
        assertThat(descending.getNext()).isEqualTo(bytes("f"));
    }

    @Test
    void aRangeRemovalTakesOwnRowsToo() {
        List.of("a", "b", "c").forEach(key -> put(key, "stored"));

        TxnResponse done = txn(TxnRequest.newBuilder().addThen(putting("aa", "own"))
                .addThen(removing(3)).addThen(putting("a", "afterwards")));

        assertThat(done.getResults(1).getDeleteRange().getDeleted()).isEqualTo(3);
        assertThat(done.getResults(1).getDeleteRange().getMore()).isTrue();
        assertThat(row("a").getValue()).isEqualTo(bytes("afterwards"));
        assertThat(get("aa").hasRow()).isFalse();
        assertThat(get("b").hasRow()).isFalse();
        assertThat(get("c").hasRow()).isTrue();
    }

    @Test
    void oneTooLongValueUndoesTheWholeTransaction() {
        ByteString longest = ByteString.copyFrom(new byte[Limits.VALUE_BYTES]);
        served.client().put(
                PutRequest.newBuilder().setKey(bytes("full")).setValue(longest).build());

        StatusRuntimeException refused = statusOf(() -> txn(TxnRequest.newBuilder()
                .addThen(putting("a", "1")).addThen(appending("full", "x"))));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(get("a").hasRow()).isFalse();
    }

    @Test
    void aRepeatedTransactionIsAnsweredAsTheFirst() {
        TxnRequest.Builder request = TxnRequest.newBuilder().setRequestId("request-1")
                .addCompares(stamp("a", Relation.EQUAL, 0)).addThen(putting("a", "1"))
                .addThen(getting("a"));

        TxnResponse first = txn(request);
        TxnResponse repeated = txn(request);

        assertThat(first.getSucceeded()).isTrue();
        assertThat(repeated).isEqualTo(first);
    }

    @Test
    void anAnswerTooLongToBeKeptIsRefusedToARequestWithAnId() {
        served.client().put(PutRequest.newBuilder().setKey(bytes("long"))
                .setValue(ByteString.copyFrom(new byte[Limits.KEPT_ANSWER_BYTES])).build());

        StatusRuntimeException refused = statusOf(
                () -> txn(TxnRequest.newBuilder().setRequestId("request-1")
                        .addThen(putting("a", "1")).addThen(getting("long"))));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(get("a").hasRow()).isFalse();
    }

    @Test
    void anAnswerLongerThanAMessageIsRefused() {
        ByteString longest = ByteString.copyFrom(new byte[Limits.VALUE_BYTES]);
        served.client().put(
                PutRequest.newBuilder().setKey(bytes("a")).setValue(longest).build());

        StatusRuntimeException refused = statusOf(() -> txn(
                TxnRequest.newBuilder().addThen(getting("a")).addThen(getting("a"))));

        assertThat(failureOf(refused).getRefused().getReason())
                .isEqualTo("the answer would have more than 3145728 bytes of rows");
    }

    @Test
    void whatATransactionDoesNotKnowIsRefused() {
        assertRefused(TxnRequest.newBuilder().addThen(Operation.getDefaultInstance()),
                "an operation is empty, or unknown to this version");
        assertRefused(
                TxnRequest.newBuilder()
                        .addThen(Operation.newBuilder()
                                .setUnknownFields(UnknownFieldSet.newBuilder()
                                        .addField(99, UnknownFieldSet.Field.newBuilder()
                                                .addVarint(1).build())
                                        .build())),
                "an operation is empty, or unknown to this version");
        assertRefused(
                TxnRequest.newBuilder().addCompares(
                        Compare.newBuilder().setKey(bytes("k")).setRelationValue(9).setStamp(1)),
                "unknown relation 9");
        assertRefused(
                TxnRequest.newBuilder().addCompares(Compare.newBuilder().setKey(bytes("k"))),
                "a comparison names neither stamp nor value");
        assertRefused(TxnRequest.newBuilder().addThen(putting("", "v")), "the key is empty");
    }

    @Test
    void tooManyPartsAreRefused() {
        TxnRequest.Builder many = TxnRequest.newBuilder();
        for (int i = 0; i <= Limits.TXN_PARTS; i++) {
            many.addThen(putting("k" + i, "v"));
        }

        assertRefused(many, "the transaction has 129 operations, most are 128");
    }

    /** More keys than latches: the rest is validated at commit. */
    @Test
    void aTransactionMayNameMoreKeysThanThereAreLatches() {
        TxnRequest.Builder many = TxnRequest.newBuilder();
        for (int i = 0; i < Limits.TXN_PARTS; i++) {
            many.addCompares(stamp("compared" + i, Relation.EQUAL, 0));
            many.addThen(putting("written" + i, "v"));
        }

        assertThat(txn(many).getSucceeded()).isTrue();
        assertThat(get("written127").hasRow()).isTrue();
    }

    @Test
    void concurrentCompareAndSwapsLoseNoIncrement() throws Exception {
        put("counter", "0");
        int callers = 8;
        int each = 20;

        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                all.add(threads.submit(() -> {
                    for (int done = 0; done < each;) {
                        done += increment() ? 1 : 0;
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(row("counter").getValue()).isEqualTo(bytes(String.valueOf(callers * each)));
    }

    private boolean increment() {
        Row row = row("counter");
        int next = Integer.parseInt(row.getValue().toStringUtf8()) + 1;
        return txn(TxnRequest.newBuilder()
                .addCompares(stamp("counter", Relation.EQUAL, row.getStamp()))
                .addThen(putting("counter", String.valueOf(next)))).getSucceeded();
    }

    private void assertRefused(TxnRequest.Builder request, String sentence) {
        StatusRuntimeException refused = statusOf(() -> txn(request));
        assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failureOf(refused).getRefused().getReason()).isEqualTo(sentence);
    }

    private boolean holds(Compare.Builder compare) {
        return txn(TxnRequest.newBuilder().addCompares(compare)).getSucceeded();
    }

    private TxnResponse txn(TxnRequest.Builder request) {
        return served.client().txn(request.build());
    }

    private long put(String key, String value) {
        return served.client().put(PutRequest.newBuilder().setKey(bytes(key))
                .setValue(bytes(value)).build()).getStamp();
    }

    private GetResponse get(String key) {
        return served.client().get(GetRequest.newBuilder().setKey(bytes(key)).build());
    }

    private Row row(String key) {
        return get(key).getRow();
    }

    private static List<String> keys(RangeResponse page) {
        return page.getRowsList().stream().map(row -> row.getKey().toStringUtf8()).toList();
    }

    private static Compare.Builder stamp(String key, Relation relation, long stamp) {
        return Compare.newBuilder().setKey(bytes(key)).setRelation(relation).setStamp(stamp);
    }

    private static Compare.Builder value(String key, Relation relation, String value) {
        return Compare.newBuilder().setKey(bytes(key)).setRelation(relation)
                .setValue(bytes(value));
    }

    private static Operation.Builder putting(String key, String value) {
        return Operation.newBuilder().setPut(
                PutOperation.newBuilder().setKey(bytes(key)).setValue(bytes(value)));
    }

    private static Operation.Builder appending(String key, String suffix) {
        return Operation.newBuilder().setAppend(
                AppendOperation.newBuilder().setKey(bytes(key)).setSuffix(bytes(suffix)));
    }

    private static Operation.Builder deleting(String key) {
        return Operation.newBuilder().setDelete(DeleteOperation.newBuilder().setKey(bytes(key)));
    }

    private static Operation.Builder getting(String key) {
        return Operation.newBuilder().setGet(GetOperation.newBuilder().setKey(bytes(key)));
    }

    private static Operation.Builder ranging(String prefix, int limit, boolean descending) {
        return Operation.newBuilder()
                .setRange(RangeOperation.newBuilder()
                        .setSpan(Span.newBuilder().setPrefix(bytes(prefix))).setLimit(limit)
                        .setDescending(descending));
    }

    private static Operation.Builder removing(int limit) {
        return Operation.newBuilder()
                .setDeleteRange(DeleteRangeOperation.newBuilder().setLimit(limit));
    }
}
