package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import io.quorate.dynamodb.keyspace.TableKeyspace;
import io.quorate.dynamodb.model.TableName;
import io.quorate.kv.Key;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes over one store: what one has cached, the other changes. */
class StaleTableTest {
    private static final Answer NOT_FOUND = Answer.error(Endpoint.NOT_FOUND,
            "Requested resource not found");

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint stale = new Endpoint(store, store);

    @BeforeEach
    void cacheTheFirstTable() {
        stale.withHashTable("things");
        assertThat(put(stale, "\"a\":{\"S\":\"k\"},\"v\":{\"S\":\"first\"}"))
                .isEqualTo(Answer.ok("{}"));
        assertThat(get("\"a\":{\"S\":\"k\"}").body()).contains("first");
    }

    @Test
    void aDeletedTableIsNotFoundThoughItsItemsRemain() {
        deleteTable(1);

        assertThat(get("\"a\":{\"S\":\"k\"}")).isEqualTo(NOT_FOUND);
        assertThat(get("\"a\":{\"S\":\"missing\"}")).isEqualTo(NOT_FOUND);
        assertThat(put(stale, "\"a\":{\"S\":\"k\"}")).isEqualTo(NOT_FOUND);
        assertThat(put(stale.invocation("1"), "\"a\":{\"S\":\"k\"}")).isEqualTo(NOT_FOUND);
    }

    @Test
    void aTableCreatedAgainIsEmpty() {
        deleteTable(1);
        create("a");

        assertThat(get("\"a\":{\"S\":\"k\"}")).isEqualTo(Answer.ok("{}"));
    }

    @Test
    void aWriteGoesToTheTableThatIsThereNow() {
        deleteTable(1);
        create("a");

        assertThat(put(stale, "\"a\":{\"S\":\"k\"},\"v\":{\"S\":\"second\"}"))
                .isEqualTo(Answer.ok("{}"));
        assertThat(get("\"a\":{\"S\":\"k\"}").body()).contains("second");
    }

    @Test
    void aRepeatedWriteGoesToTheTableThatIsThereNow() {
        deleteTable(1);
        create("a");

        assertThat(put(stale.invocation("1"), "\"a\":{\"S\":\"k\"},\"v\":{\"S\":\"second\"}"))
                .isEqualTo(Answer.ok("{}"));
        assertThat(get("\"a\":{\"S\":\"k\"}").body()).contains("second");
    }

    @Test
    void aRequestIsJudgedByTheKeysTheTableHasNow() {
        deleteTable(1);
        create("other");

        assertThat(put(stale, "\"other\":{\"S\":\"k\"}")).isEqualTo(Answer.ok("{}"));
        assertThat(get("\"other\":{\"S\":\"k\"}"))
                .isEqualTo(Answer.ok("{\"Item\":{\"other\":{\"S\":\"k\"}}}"));
        assertThat(put(stale, "\"a\":{\"S\":\"k\"}")).isEqualTo(Answer.invalid(
                "One or more parameter values were invalid: Missing the key other in the item"));
    }

    private void create(String key) {
        Answer answer = new Endpoint(store, store.anotherNode()).call("CreateTable", """
                {"TableName":"things","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"%1$s","AttributeType":"S"}],
                 "KeySchema":[{"AttributeName":"%1$s","KeyType":"HASH"}]}""".formatted(key));
        assertThat(answer.status()).isEqualTo(200);
    }

    private void deleteTable(long number) {
        List<Key> rows = new ArrayList<>(TableKeyspace.fences(number));
        rows.add(TableKeyspace.definition(new TableName("000000000000", "things")));
        store.remove(rows);
    }

    private static Answer put(Endpoint endpoint, String attributes) {
        return endpoint.call("PutItem",
                "{\"TableName\":\"things\",\"Item\":{" + attributes + "}}");
    }

    private Answer get(String key) {
        return stale.call("GetItem", "{\"TableName\":\"things\",\"Key\":{" + key + "}}");
    }
}
