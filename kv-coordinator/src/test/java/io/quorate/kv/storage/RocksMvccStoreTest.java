package io.quorate.kv.storage;

import static io.quorate.kv.mvcc.StateMachineFixture.key;
import static io.quorate.kv.mvcc.StateMachineFixture.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Condition;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.Versioned;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.Outcome;
import io.quorate.kv.mvcc.StateMachineFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksMvccStoreTest {
    @TempDir
    private Path directory;

    private RocksResources resources;
    private RocksMvccStore store;
    private StateMachineFixture group;

    @BeforeEach
    void open() throws IOException {
        resources = new RocksResources(StorageSettings.defaults());
        store = RocksMvccStore.open(resources, directory.resolve("group"));
        group = new StateMachineFixture(store);
    }

    @AfterEach
    void close() {
        store.close();
        resources.close();
    }

    @Test
    void committedRowIsReadWithItsVersion() {
        Outcome outcome = group.apply(put("a", "1"));

        long commitTs = ((Outcome.Applied) outcome).commitTs();
        assertThat(store.getLatest(key("a")))
                .contains(new Versioned(key("a"), value("1"), commitTs));
        assertThat(store.getLatest(key("b"))).isEmpty();
    }

    @Test
    void staleVersionFailsItsCondition() {
        group.apply(put("a", "1"));
        long version = store.getLatest(key("a")).orElseThrow().version();
        group.apply(put("a", "2"));

        Outcome outcome = group.apply(
                put("a", "3").require(List.of(new Condition.VersionIs(key("a"), version))));

        assertThat(outcome).isEqualTo(new Outcome.ConditionFailed(0));
        assertThat(store.getLatest(key("a")).orElseThrow().value()).isEqualTo(value("2"));
    }

    @Test
    void laterCommandOfAnEntrySeesTheEarlierOne() {
        Command create = Command.Commit.of(put("a", "1")
                .require(List.of(Condition.VersionIs.absent(key("a")))));

        List<Outcome> outcomes = group.apply(create, create);

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Applied.class);
        assertThat(outcomes.get(1)).isEqualTo(new Outcome.ConditionFailed(0));
    }

    @Test
    void rowsAreReadAsOfATimestamp() {
        long first = ((Outcome.Applied) group.apply(put("a", "1"))).commitTs();
        long second = ((Outcome.Applied) group.apply(put("a", "2"))).commitTs();
        long removed = ((Outcome.Applied) group
                .apply(Transaction.of(new Mutation.Delete(key("a"))))).commitTs();

        assertThat(store.getAt(key("a"), first - 1)).isEmpty();
        assertThat(store.getAt(key("a"), first).orElseThrow().value()).isEqualTo(value("1"));
        assertThat(store.getAt(key("a"), second).orElseThrow().value()).isEqualTo(value("2"));
        assertThat(store.getAt(key("a"), removed)).isEmpty();
    }

    @Test
    void scanReturnsRowsOfTheRangeInOrder() {
        group.apply(put("a", "1"));
        group.apply(put("b", "2"));
        group.apply(put("c", "3"));

        KeyRange range = new KeyRange(key("a"), key("c"));

        assertThat(store.scanLatest(Scan.ascending(range, 10)).rows()).extracting(Versioned::key)
                .containsExactly(key("a"), key("b"));
        assertThat(store.scanLatest(new Scan(range, 1, Scan.MAX_BYTES, true)).rows())
                .extracting(Versioned::key).containsExactly(key("b"));
    }

    private static Transaction put(String key, String value) {
        return Transaction.of(new Mutation.Put(key(key), value(value)));
    }
}
