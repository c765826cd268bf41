package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import io.quorate.kv.KvFailure;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StoreFailureTest {
    private static final String INTERNAL = "com.amazonaws.dynamodb.v20120810#InternalServerError";
    private static final String CONFLICT = "com.amazonaws.dynamodb.v20120810#TransactionConflictException";
    private static final String THROTTLING = "com.amazon.coral.availability#ThrottlingException";

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new KvFailure.NotLeader(Optional.of("node-2")), 500, INTERNAL,
                        "No leader of the data is reachable"),
                Arguments.of(new KvFailure.NoLeader(), 500, INTERNAL,
                        "No leader of the data is reachable"),
                Arguments.of(new KvFailure.LeadershipTransferInProgress(), 500, INTERNAL,
                        "Leadership of the data is being handed over"),
                Arguments.of(new KvFailure.Overloaded("kv-read queue"), 400, THROTTLING,
                        "The server is overloaded"),
                Arguments.of(new KvFailure.DeadlineExceeded(), 500, INTERNAL,
                        "The deadline passed before anything was changed"),
                Arguments.of(new KvFailure.OutcomeUnknown(), 500, INTERNAL,
                        "The outcome of request REQUEST1 is unknown: it may have been applied"),
                Arguments.of(new KvFailure.WriteConflict(), 400, CONFLICT,
                        "Transaction is ongoing for the item"),
                Arguments.of(new KvFailure.Refused("a reason of the inside"), 500, INTERNAL,
                        "The store refused the request"),
                Arguments.of(new KvFailure.ReadTooOld(), 500, INTERNAL,
                        "The moment read is no longer kept"),
                Arguments.of(new KvFailure.DiskFull(), 500, INTERNAL, "The disk is full"),
                Arguments.of(new KvFailure.Poisoned("a reason of the inside"), 500, INTERNAL,
                        "The store has stopped"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureOfTheStoreIsAnErrorOfDynamoDb(KvFailure failure, int status, String type,
            String message) {
        InMemoryStore store = new InMemoryStore();
        Endpoint endpoint = new Endpoint(store, store).withHashTable("things");
        Answer expected = new Answer(status,
                "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");
        store.fail(failure);

        assertThat(endpoint.call("PutItem",
                "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"k\"}}}")).isEqualTo(expected);
        assertThat(endpoint.invocation("1").call("PutItem",
                "{\"TableName\":\"things\",\"Item\":{\"a\":{\"S\":\"k\"}}}")).isEqualTo(expected);
        assertThat(endpoint.call("GetItem",
                "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"k\"}}}")).isEqualTo(expected);
        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"things\"}"))
                .isEqualTo(expected);
    }
}
