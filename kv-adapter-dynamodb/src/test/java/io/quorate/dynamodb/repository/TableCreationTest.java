package io.quorate.dynamodb.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.InMemoryStore;
import io.quorate.dynamodb.keyspace.TableKeyspace;
import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.ScalarType;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableExtras;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.model.TableSettings;
import io.quorate.kv.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class TableCreationTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int RACERS = 8;

    private final InMemoryStore store = new InMemoryStore();
    private final TableCreation tables = new TableCreation(store, InstantSource.system(),
            UUID::randomUUID);

    @Test
    void aTableHasItsDefinitionTheCounterAndAFenceInEverySlice() {
        long number = create("one").identity().number();

        assertThat(store.keys()).hasSize(2 + TableKeyspace.SLICES)
                .containsAll(TableKeyspace.fences(number));
    }

    @Test
    void tablesAreNumberedOneByOne() {
        assertThat(create("one").identity().number()).isEqualTo(1);
        assertThat(create("two").identity().number()).isEqualTo(2);
    }

    @Test
    void ofThoseWhoCreateOneTableAtOnceOneSucceeds() {
        List<Boolean> created = Flux.range(0, RACERS)
                .flatMap(i -> attempt("same").subscribeOn(Schedulers.parallel()), RACERS)
                .collectList().block(TIMEOUT);

        assertThat(created).hasSize(RACERS).containsOnlyOnce(true);
    }

    @Test
    void thoseWhoCreateDifferentTablesAtOnceAllSucceedWithDifferentNumbers() {
        List<Long> numbers = Flux.range(0, RACERS)
                .flatMap(i -> tables.create(table("table" + i))
                        .map(table -> table.identity().number())
                        .contextWrite(context -> Deadline.after(TIMEOUT).into(context))
                        .subscribeOn(Schedulers.parallel()), RACERS)
                .collectList().block(TIMEOUT);

        assertThat(numbers).hasSize(RACERS).doesNotHaveDuplicates();
    }

    private Mono<Boolean> attempt(String name) {
        return tables.create(table(name)).map(table -> true)
                .onErrorReturn(io.quorate.dynamodb.error.DynamoDbException.class, false)
                .contextWrite(context -> Deadline.after(TIMEOUT).into(context));
    }

    private TableDefinition create(String name) {
        return tables.create(table(name))
                .contextWrite(context -> Deadline.after(TIMEOUT).into(context)).blockOptional()
                .orElseThrow();
    }

    private static NewTable table(String name) {
        AttributeDefinition key = new AttributeDefinition("a", ScalarType.S);
        return new NewTable(new TableName("000000000000", name), new KeySchema(key, null),
                List.of(key), new TableSettings(TableSettings.Billing.PAY_PER_REQUEST,
                        TableSettings.Throughput.NONE, null, false, List.of()),
                TableExtras.NONE, null);
    }
}
