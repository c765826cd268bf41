package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerializationTest {
    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store).withHashTable("things");

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense", "{\"TableName\":}", "{\"TableName\":\"a\"",
        "{\"TableName\":\"things\",\"TableName\":\"other\"}"})
    void whatIsNoJsonIsRefused(String body) {
        Answer answer = endpoint.call("PutItem", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"__type\":\"" + Endpoint.SERIALIZATION + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "null"})
    void aRequestIsAnObject(String body) {
        assertThat(endpoint.call("PutItem", body)).isEqualTo(
                Answer.error(Endpoint.SERIALIZATION, "The request is not a JSON object"));
    }

    @Test
    void nothingFollowsARequest() {
        assertThat(endpoint.call("PutItem", "{} {}")).isEqualTo(
                Answer.error(Endpoint.SERIALIZATION, "Something follows the request"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "TableName":true|TRUE_VALUE cannot be converted to String
            "TableName":false|FALSE_VALUE cannot be converted to String
            "TableName":23|NUMBER_VALUE cannot be converted to String
            "TableName":34.56|DECIMAL_VALUE cannot be converted to String
            "TableName":[]|Unrecognized collection type class java.lang.String
            "TableName":{}|Start of structure or map found where not expected
            "Item":"23"|Unexpected field type
            "Item":23|Unexpected field type
            "Item":[]|Unrecognized collection type java.util.Map<java.lang.String, \
            com.amazonaws.dynamodb.v20120810.AttributeValue>
            "Item":{"a":"x"}|Unexpected value type in payload
            "Item":{"a":[]}|Unrecognized collection type class \
            com.amazonaws.dynamodb.v20120810.AttributeValue
            "Item":{"a":{"S":1}}|NUMBER_VALUE cannot be converted to String
            "Item":{"a":{"N":1}}|NUMBER_VALUE cannot be converted to String
            "Item":{"a":{"B":true}}|only base-64-encoded strings are convertible to bytes
            "Item":{"a":{"B":[]}}|Unrecognized collection type class java.nio.ByteBuffer
            "Item":{"a":{"B":{}}}|Start of structure or map found where not expected
            "Item":{"a":{"B":"23456"}}|Base64 encoded length is expected a multiple of 4 bytes but \
            found: 5
            "Item":{"a":{"B":"=+/="}}|Invalid last non-pad Base64 character dectected
            "Item":{"a":{"B":"+/+="}}|Invalid last non-pad Base64 character dectected
            "Item":{"a":{"B":"+/=="}}|Invalid last non-pad Base64 character dectected
            "Item":{"a":{"B":"a*aa"}}|Invalid Base64 character: '*'
            "Item":{"a":{"BOOL":"true"}}|Unexpected token received from parser
            "Item":{"a":{"BOOL":1}}|NUMBER_VALUE cannot be converted to Boolean
            "Item":{"a":{"BOOL":[]}}|Unrecognized collection type class java.lang.Boolean
            "Item":{"a":{"NULL":1.5}}|DECIMAL_VALUE cannot be converted to Boolean
            "Item":{"a":{"SS":"x"}}|Unexpected field type
            "Item":{"a":{"SS":{}}}|Start of structure or map found where not expected
            "Item":{"a":{"SS":[1]}}|NUMBER_VALUE cannot be converted to String
            "Item":{"a":{"BS":[1]}}|only base-64-encoded strings are convertible to bytes
            "Item":{"a":{"L":{}}}|Start of structure or map found where not expected
            "Item":{"a":{"L":["x"]}}|Unexpected value type in payload
            "Item":{"a":{"M":[]}}|Unrecognized collection type java.util.Map<java.lang.String, \
            com.amazonaws.dynamodb.v20120810.AttributeValue>
            "Item":{"a":{"M":{"x":1}}}|Unexpected value type in payload
            """)
    void aMemberOfTheWrongTypeIsRefused(String member, String message) {
        assertThat(endpoint.call("PutItem", "{" + member + "}"))
                .isEqualTo(Answer.error(Endpoint.SERIALIZATION, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "ProvisionedThroughput":1|Unexpected field type
            "ProvisionedThroughput":[]|Unrecognized collection type class \
            com.amazonaws.dynamodb.v20120810.ProvisionedThroughput
            "ProvisionedThroughput":{"ReadCapacityUnits":"1"}|STRING_VALUE cannot be converted to \
            Long
            "KeySchema":{}|Start of structure or map found where not expected
            "KeySchema":["x"]|Unexpected value type in payload
            "DeletionProtectionEnabled":"x"|Unexpected token received from parser
            """)
    void aMemberOfATableOfTheWrongTypeIsRefused(String member, String message) {
        assertThat(endpoint.call("CreateTable", "{" + member + "}"))
                .isEqualTo(Answer.error(Endpoint.SERIALIZATION, message));
    }

    @Test
    void textIsValidUnicode() {
        assertThat(endpoint.call("PutItem", """
                {"TableName":"things","Item":{"a":{"S":"\\ud800"}}}"""))
                .isEqualTo(Answer.error(Endpoint.SERIALIZATION, "A text is not valid Unicode"));
        assertThat(endpoint.call("PutItem", """
                {"TableName":"things","Item":{"a":{"SS":["x","\\udc00"]}}}"""))
                .isEqualTo(Answer.error(Endpoint.SERIALIZATION, "A text is not valid Unicode"));
        assertThat(endpoint.call("PutItem", """
                {"TableName":"things","Item":{"a":{"S":"x"},"\\udc00":{"S":"x"}}}""").body())
                .contains(Endpoint.SERIALIZATION);
        assertThat(endpoint.callTarget("DynamoDB_20120810.PutItem",
                "{\"TableName\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)).body())
                .contains(Endpoint.SERIALIZATION);
    }
}
