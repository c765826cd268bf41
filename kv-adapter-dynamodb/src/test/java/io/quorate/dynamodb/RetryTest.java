package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Permissions;
import io.quorate.dynamodb.Endpoint.Answer;
import org.junit.jupiter.api.Test;

/** A repeated attempt has the same {@code amz-sdk-invocation-id} as the first one. */
class RetryTest {
    private static final String ALL_OLD = "{\"TableName\":\"things\",\"ReturnValues\":\"ALL_OLD\","
            + "\"Item\":{\"a\":{\"S\":\"k\"},\"v\":{\"S\":\"%s\"}}}";
    private static final String TABLE = """
            {"TableName":"others","BillingMode":"PAY_PER_REQUEST",
             "AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]}""";

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store).withHashTable("things");

    @Test
    void aRepeatedPutIsAnsweredLikeTheFirst() {
        endpoint.call("PutItem", ALL_OLD.formatted("before"));
        Answer first = endpoint.invocation("1").call("PutItem", ALL_OLD.formatted("mine"));
        int commits = store.commits();

        Answer second = endpoint.invocation("1").call("PutItem", ALL_OLD.formatted("mine"));

        assertThat(first.body()).contains("before");
        assertThat(second).isEqualTo(first);
        assertThat(store.commits()).isEqualTo(commits);
    }

    @Test
    void aLateRepetitionDoesNotUndoWhatOthersWrote() {
        String put = "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"k\"},"
                + "\"v\":{\"S\":\"%s\"}}}";
        endpoint.invocation("1").call("PutItem", put.formatted("mine"));
        endpoint.invocation("2").call("PutItem", put.formatted("theirs"));

        endpoint.invocation("1").call("PutItem", put.formatted("mine"));

        assertThat(endpoint.call("GetItem",
                "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"k\"}}}").body())
                .contains("theirs");
    }

    @Test
    void anotherCallersIdIsAnotherRequest() {
        endpoint.invocation("1").call("PutItem", ALL_OLD.formatted("mine"));

        Answer others = endpoint.as(Endpoint.identity("other", new Permissions.Admin()))
                .call("PutItem", ALL_OLD.formatted("theirs"));

        assertThat(others.body()).contains("mine");
    }

    @Test
    void aRepeatedCreateTableIsAnsweredLikeTheFirst() {
        Answer first = endpoint.invocation("1").call("CreateTable", TABLE);

        assertThat(first.status()).isEqualTo(200);
        assertThat(endpoint.invocation("1").call("CreateTable", TABLE)).isEqualTo(first);
        assertThat(endpoint.invocation("2").call("CreateTable", TABLE).body())
                .contains("ResourceInUseException");
    }
}
