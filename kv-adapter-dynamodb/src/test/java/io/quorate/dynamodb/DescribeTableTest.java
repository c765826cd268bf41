package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import org.junit.jupiter.api.Test;

class DescribeTableTest {
    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store).withHashTable("things");

    @Test
    void aTableIsFoundByNameAndByArn() {
        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"things\"}").status())
                .isEqualTo(200);
        assertThat(endpoint.call("DescribeTable", "{\"TableName\":"
                + "\"arn:aws:dynamodb:eu-central-1:000000000000:table/things\"}").status())
                .isEqualTo(200);
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"absent\"}"))
                .isEqualTo(Answer.error(Endpoint.NOT_FOUND,
                        "Requested resource not found: Table: absent not found"));
    }

    @Test
    void theNameIsRequired() {
        assertThat(endpoint.call("DescribeTable", "{}")).isEqualTo(Answer.invalid(
                "1 validation error detected: Value null at 'tableName' failed to satisfy"
                        + " constraint: Member must not be null"));
    }

    @Test
    void aParameterItDoesNotHaveIsRefused() {
        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"things\",\"X\":1}"))
                .isEqualTo(Answer.invalid("One or more parameter values were invalid: X is not"
                        + " supported by this server"));
    }
}
