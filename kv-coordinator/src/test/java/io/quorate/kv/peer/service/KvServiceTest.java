package io.quorate.kv.peer.service;

import static io.quorate.kv.peer.service.ServedKv.bytes;
import static io.quorate.kv.peer.service.ServedKv.failureOf;
import static io.quorate.kv.peer.service.ServedKv.statusOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.quorate.kv.node.RunningNode;
import io.quorate.kv.v1.AppendRequest;
import io.quorate.kv.v1.AppendResponse;
import io.quorate.kv.v1.DeleteRangeRequest;
import io.quorate.kv.v1.DeleteRangeResponse;
import io.quorate.kv.v1.DeleteRequest;
import io.quorate.kv.v1.DeleteResponse;
import io.quorate.kv.v1.GetRequest;
import io.quorate.kv.v1.GetResponse;
import io.quorate.kv.v1.PutRequest;
import io.quorate.kv.v1.PutResponse;
import io.quorate.kv.v1.RangeRequest;
import io.quorate.kv.v1.RangeResponse;
import io.quorate.kv.v1.Retry;
import io.quorate.kv.v1.Row;
import io.quorate.kv.v1.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single-row calls, ranges, request ids and limits, over gRPC on a running node. */
class KvServiceTest {
    private static final String SPACE = "orders";

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
    void aPutRowIsReadWithItsStamp() {
        PutResponse put = put("k", "v");

        GetResponse got = get("k");

        assertThat(got.getRow()).isEqualTo(Row.newBuilder().setKey(bytes("k"))
                .setValue(bytes("v")).setStamp(put.getStamp()).build());
        assertThat(put.getStamp()).isPositive();
    }

    @Test
    void anAbsentRowIsNoRow() {
        assertThat(get("nothing").hasRow()).isFalse();
    }

    @Test
    void anEmptyValueIsARow() {
        put("k", "");

        assertThat(get("k").hasRow()).isTrue();
    }

    @Test
    void laterChangesHaveGreaterStamps() {
        long first = put("k", "1").getStamp();
        long second = put("other", "2").getStamp();
        long third = append("k", "3", "").getStamp();

        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
        assertThat(get("k").getRow().getStamp()).isEqualTo(third);
    }

    @Test
    void spacesShareNothing() {
        put("k", "v");

        GetResponse elsewhere = served.client()
                .get(GetRequest.newBuilder().setSpace("invoices").setKey(bytes("k")).build());

        assertThat(elsewhere.hasRow()).isFalse();
    }

    @Test
    void deleteSaysWhetherThereWasARow() {
        put("k", "v");

        DeleteResponse first = delete("k", "");
        DeleteResponse second = delete("k", "");

        assertThat(first.getDeleted()).isTrue();
        assertThat(first.getStamp()).isPositive();
        assertThat(second).isEqualTo(DeleteResponse.getDefaultInstance());
        assertThat(get("k").hasRow()).isFalse();
    }

    @Test
    void appendAddsToTheEndAndMakesTheRow() {
        AppendResponse first = append("k", "ab", "");
        AppendResponse second = append("k", "cd", "");

        assertThat(first.getLength()).isEqualTo(2);
        assertThat(second.getLength()).isEqualTo(4);
        assertThat(get("k").getRow().getValue()).isEqualTo(bytes("abcd"));
        assertThat(get("k").getRow().getStamp()).isEqualTo(second.getStamp());
    }

    @Test
    void appendBeyondTheLongestValueIsRefusedAndChangesNothing() {
        ByteString half = ByteString.copyFrom(new byte[Limits.VALUE_BYTES / 2]);
        served.client().put(PutRequest.newBuilder().setSpace(SPACE).setKey(bytes("k"))
                .setValue(half).build());
        append(half);

        StatusRuntimeException refused = statusOf(() -> append(bytes("x")));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        assertThat(failureOf(refused).getRetry()).isEqualTo(Retry.RETRY_NEVER);
        assertThat(failureOf(refused).getValueTooLong().getLength())
                .isEqualTo(Limits.VALUE_BYTES + 1);
        assertThat(failureOf(refused).getValueTooLong().getLimit())
                .isEqualTo(Limits.VALUE_BYTES);
        assertThat(get("k").getRow().getValue().size()).isEqualTo(Limits.VALUE_BYTES);
    }

    @Test
    void anAppendRepeatedWithItsRequestIdIsAppliedOnce() {
        AppendResponse first = append("k", "ab", "request-1");
        append("k", "cd", "request-2");

        AppendResponse repeated = append("k", "ab", "request-1");

        assertThat(repeated).isEqualTo(first);
        assertThat(get("k").getRow().getValue()).isEqualTo(bytes("abcd"));
    }

    @Test
    void aPutRepeatedWithItsRequestIdDoesNotUndoALaterOne() {
        PutRequest request = PutRequest.newBuilder().setSpace(SPACE).setKey(bytes("k"))
                .setValue(bytes("old")).setRequestId("request-1").build();
        PutResponse first = served.client().put(request);
        put("k", "new");

        PutResponse repeated = served.client().put(request);

        assertThat(repeated).isEqualTo(first);
        assertThat(get("k").getRow().getValue()).isEqualTo(bytes("new"));
    }

    @Test
    void aDeleteRepeatedWithItsRequestIdSaysWhatTheFirstSaid() {
        put("k", "v");
        DeleteResponse first = delete("k", "request-1");
        put("k", "again");

        DeleteResponse repeated = delete("k", "request-1");

        assertThat(repeated).isEqualTo(first);
        assertThat(get("k").hasRow()).isTrue();
    }

    @Test
    void aRequestIdBelongsToOneMethodAndOneSpace() {
        append("k", "a", "request-1");
        delete("k", "request-1");
        served.client().append(AppendRequest.newBuilder().setSpace("invoices")
                .setKey(bytes("k")).setSuffix(bytes("b")).setRequestId("request-1").build());

        assertThat(get("k").hasRow()).isFalse();
        assertThat(served.client()
                .get(GetRequest.newBuilder().setSpace("invoices").setKey(bytes("k")).build())
                .getRow().getValue()).isEqualTo(bytes("b"));
    }

    @Test
    void pagesOfARangeMeetEveryRowOnceInOrder() {
        List<String> keys = List.of("a", "a\0", "a\0b", "aa", "b", "\u00ff", "z");
        keys.forEach(key -> put(key, "value of " + key));
        List<ByteString> inOrder = keys.stream().map(ServedKv::bytes).sorted(Space::compare)
                .toList();

        assertThat(pages(false)).containsExactlyElementsOf(inOrder);
        assertThat(pages(true)).containsExactlyElementsOf(inOrder.reversed());
    }

    @Test
    void aRangeIsCutByStartEndAndPrefix() {
        List.of("a1", "a2", "a3", "b1").forEach(key -> put(key, "v"));

        assertThat(keys(Span.newBuilder().setStart(bytes("a2")).build()))
                .containsExactly("a2", "a3", "b1");
        assertThat(keys(Span.newBuilder().setEnd(bytes("a2")).build())).containsExactly("a1");
        assertThat(keys(Span.newBuilder().setPrefix(bytes("a")).setStart(bytes("a2")).build()))
                .containsExactly("a2", "a3");
        assertThat(keys(Span.newBuilder().setPrefix(bytes("b")).setEnd(bytes("a")).build()))
                .isEmpty();
    }

    @Test
    void aRangeOfKeysOnlyHasNoValues() {
        long stamp = put("k", "v").getStamp();

        RangeResponse range = served.client()
                .range(RangeRequest.newBuilder().setSpace(SPACE).setKeysOnly(true).build());

        assertThat(range.getRowsList())
                .containsExactly(Row.newBuilder().setKey(bytes("k")).setStamp(stamp).build());
    }

    @Test
    void aPageOfLongRowsFitsAMessage() {
        ByteString half = ByteString.copyFrom(new byte[Limits.ANSWER_BYTES / 2 - 100]);
        for (int i = 0; i < 3; i++) {
            served.client().put(PutRequest.newBuilder().setSpace(SPACE).setKey(bytes("k" + i))
                    .setValue(half).build());
        }

        RangeResponse page = served.client()
                .range(RangeRequest.newBuilder().setSpace(SPACE).build());

        assertThat(page.getRowsCount()).isEqualTo(2);
        assertThat(page.getMore()).isTrue();
    }

    @Test
    void deleteRangeRemovesPageByPage() {
        List.of("a", "b", "c", "d").forEach(key -> put(key, "v"));

        DeleteRangeResponse first = deleteRange(3, "request-1");
        DeleteRangeResponse repeated = deleteRange(3, "request-1");
        DeleteRangeResponse second = deleteRange(3, "");
        DeleteRangeResponse third = deleteRange(0, "");

        assertThat(first.getDeleted()).isEqualTo(3);
        assertThat(first.getMore()).isTrue();
        assertThat(repeated).isEqualTo(first);
        assertThat(second.getDeleted()).isEqualTo(1);
        assertThat(second.getMore()).isFalse();
        assertThat(third).isEqualTo(DeleteRangeResponse.getDefaultInstance());
    }

    @Test
    void whatIsBeyondALimitIsRefusedInOneSentence() {
        ByteString longKey = ByteString.copyFrom(new byte[Limits.KEY_BYTES + 1]);
        assertRefused(() -> get(""), "the key is empty");
        assertRefused(() -> served.client().get(GetRequest.newBuilder().setKey(longKey).build()),
                "the key has 3073 bytes, most are 3072");
        assertRefused(() -> served.client().get(
                GetRequest.newBuilder().setSpace("s".repeat(129)).setKey(bytes("k")).build()),
                "the space's name has 129 characters, most are 128");
        assertRefused(
                () -> served.client()
                        .get(GetRequest.newBuilder().setSpace("a b").setKey(bytes("k")).build()),
                "the space's name has a character other than A-Z a-z 0-9 . _ - / :");
        assertRefused(
                () -> served.client()
                        .put(PutRequest.newBuilder().setKey(bytes("k"))
                                .setValue(ByteString
                                        .copyFrom(new byte[Limits.VALUE_BYTES + 1]))
                                .build()),
                "the value has 2097153 bytes, most are 2097152");
        assertRefused(
                () -> served.client().range(RangeRequest.newBuilder().setLimit(10_001).build()),
                "the limit is 10001, most are 10000");
        assertRefused(() -> append("k", "v", "i".repeat(129)),
                "the request id has 129 bytes, most are 128");
    }

    private static void assertRefused(ThrowingCallable call, String sentence) {
        StatusRuntimeException refused = statusOf(call);
        assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(failureOf(refused).getRefused().getReason()).isEqualTo(sentence);
        assertThat(failureOf(refused).getRetry()).isEqualTo(Retry.RETRY_NEVER);
    }

    private List<ByteString> pages(boolean descending) {
        List<ByteString> seen = new ArrayList<>();
        Span span = Span.getDefaultInstance();
        RangeResponse page;
        do {
            page = served.client().range(RangeRequest.newBuilder().setSpace(SPACE).setSpan(span)
                    .setLimit(2).setDescending(descending).build());
            page.getRowsList().forEach(row -> seen.add(row.getKey()));
            span = descending
                    ? Span.newBuilder().setEnd(page.getNext()).build()
                    : Span.newBuilder().setStart(page.getNext()).build();
        } while (page.getMore());
        return seen;
    }

    private List<String> keys(Span span) {
        return served.client()
                .range(RangeRequest.newBuilder().setSpace(SPACE).setSpan(span).build())
                .getRowsList().stream().map(row -> row.getKey().toStringUtf8()).toList();
    }

    private PutResponse put(String key, String value) {
        return served.client().put(PutRequest.newBuilder().setSpace(SPACE).setKey(bytes(key))
                .setValue(bytes(value)).build());
    }

    private GetResponse get(String key) {
        return served.client()
                .get(GetRequest.newBuilder().setSpace(SPACE).setKey(bytes(key)).build());
    }

    private DeleteResponse delete(String key, String requestId) {
        return served.client().delete(DeleteRequest.newBuilder().setSpace(SPACE)
                .setKey(bytes(key)).setRequestId(requestId).build());
    }

    private AppendResponse append(String key, String suffix, String requestId) {
        return served.client().append(AppendRequest.newBuilder().setSpace(SPACE)
                .setKey(bytes(key)).setSuffix(bytes(suffix)).setRequestId(requestId).build());
    }

    private AppendResponse append(ByteString suffix) {
        return served.client().append(AppendRequest.newBuilder().setSpace(SPACE)
                .setKey(bytes("k")).setSuffix(suffix).build());
    }

    private DeleteRangeResponse deleteRange(int limit, String requestId) {
        return served.client().deleteRange(DeleteRangeRequest.newBuilder().setSpace(SPACE)
                .setLimit(limit).setRequestId(requestId).build());
    }
}
