package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateTableTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String ONE = "1 validation error detected: ";
    private static final String A_STRING = "{\"AttributeName\":\"a\",\"AttributeType\":\"S\"}";
    private static final String B_NUMBER = "{\"AttributeName\":\"b\",\"AttributeType\":\"N\"}";
    private static final String A_HASH = "{\"AttributeName\":\"a\",\"KeyType\":\"HASH\"}";
    private static final String B_RANGE = "{\"AttributeName\":\"b\",\"KeyType\":\"RANGE\"}";

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store);

    @Test
    void aTableIsCreatingInTheAnswerAndActiveWhenDescribed() {
        String description = """
                {"AttributeDefinitions":[{"AttributeName":"b","AttributeType":"N"},\
                {"AttributeName":"a","AttributeType":"S"}],"TableName":"things",\
                "KeySchema":[{"AttributeName":"a","KeyType":"HASH"},\
                {"AttributeName":"b","KeyType":"RANGE"}],"TableStatus":"%s",\
                "CreationDateTime":1764000000.123,"ProvisionedThroughput":\
                {"NumberOfDecreasesToday":0,"ReadCapacityUnits":5,"WriteCapacityUnits":6},\
                "TableSizeBytes":0,"ItemCount":0,\
                "TableArn":"arn:aws:dynamodb:eu-central-1:000000000000:table/things",\
                "TableId":"12345678-9abc-4def-8000-000000000001","DeletionProtectionEnabled":false}""";

        assertThat(create(B_NUMBER + "," + A_STRING, A_HASH + "," + B_RANGE, """
                ,"ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":6}"""))
                .isEqualTo(Answer.ok(
                        "{\"TableDescription\":" + description.formatted("CREATING") + "}"));
        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"things\"}"))
                .isEqualTo(Answer.ok("{\"Table\":" + description.formatted("ACTIVE") + "}"));
    }

    @Test
    void whatTheOwnerChoseIsKept() {
        assertThat(create(A_STRING, A_HASH,
                """
                        ,"BillingMode":"PAY_PER_REQUEST","TableClass":"STANDARD_INFREQUENT_ACCESS",\
                        "DeletionProtectionEnabled":true,"Tags":[{"Key":"team","Value":""}],\
                        "StreamSpecification":{"StreamEnabled":false},"SSESpecification":{"Enabled":false}""")
                .status()).isEqualTo(200);

        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"things\"}").body())
                .contains("\"BillingModeSummary\":{\"BillingMode\":\"PAY_PER_REQUEST\","
                        + "\"LastUpdateToPayPerRequestDateTime\":1764000000.123}")
                .contains("\"TableClassSummary\":{\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\"}")
                .contains("\"DeletionProtectionEnabled\":true")
                .contains("\"ReadCapacityUnits\":0,\"WriteCapacityUnits\":0");
    }

    @Test
    void aNameIsTakenOnce() {
        endpoint.withHashTable("things");

        assertThat(create(A_STRING, A_HASH, ",\"BillingMode\":\"PAY_PER_REQUEST\"")).isEqualTo(
                Answer.error("com.amazonaws.dynamodb.v20120810#ResourceInUseException",
                        "Table already exists: things"));
    }

    @Test
    void accountsHaveTablesOfTheirOwn() {
        endpoint.withHashTable("things");
        endpoint.as(new io.quorate.aws.identity.Identity("other", "111111111111", "", "other",
                new io.quorate.aws.identity.Permissions.Admin()));

        assertThat(endpoint.call("DescribeTable", "{\"TableName\":\"things\"}").status())
                .isEqualTo(400);
        assertThat(endpoint.withHashTable("things").call("DescribeTable",
                "{\"TableName\":\"things\"}").body()).contains(":111111111111:table/things");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}|The parameter 'TableName' is required but was not present in the request
            {"TableName":"","KeySchema":[]}|1 validation error detected: Value '' at 'tableName' \
            failed to satisfy constraint: Member must have length greater than or equal to 1
            {"TableName":"ab"}|1 validation error detected: Value 'ab' at 'tableName' failed to \
            satisfy constraint: Member must have length greater than or equal to 3
            {"TableName":"x!"}|2 validation errors detected: Value 'x!' at 'tableName' failed to \
            satisfy constraint: Member must satisfy regular expression pattern: \
            [a-zA-Z0-9_.-]+; Value 'x!' at 'tableName' failed to satisfy constraint: Member must \
            have length greater than or equal to 3
            {"TableName":"abc"}|2 validation errors detected: Value null at \
            'attributeDefinitions' failed to satisfy constraint: Member must not be null; Value \
            null at 'keySchema' failed to satisfy constraint: Member must not be null
            {"TableName":"abc","AttributeDefinitions":[{}],"KeySchema":[]}|3 validation errors \
            detected: Value null at 'attributeDefinitions.1.member.attributeName' failed to \
            satisfy constraint: Member must not be null; Value null at \
            'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member \
            must not be null; Value '[]' at 'keySchema' failed to satisfy constraint: Member must \
            have length greater than or equal to 1
            """)
    void parametersThatAreMissingOrMalformedAreReported(String request, String message) {
        assertThat(endpoint.call("CreateTable", request)).isEqualTo(Answer.invalid(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "BillingMode":"FREE"|Value 'FREE' at 'billingMode' failed to satisfy constraint: \
            Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]
            "TableClass":"COLD"|Value 'COLD' at 'tableClass' failed to satisfy constraint: Member \
            must satisfy enum value set: [STANDARD, STANDARD_INFREQUENT_ACCESS]
            "ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":-1}|Value '-1' at \
            'provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: Member must \
            have value greater than or equal to 1
            "ProvisionedThroughput":{"WriteCapacityUnits":1}|Value null at \
            'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must \
            not be null
            "Tags":[{"Key":"","Value":"v"}]|Value '' at 'tags.1.member.key' failed to satisfy \
            constraint: Member must have length greater than or equal to 1
            "Tags":[{"Key":"k"}]|Value null at 'tags.1.member.value' failed to satisfy constraint: \
            Member must not be null
            """)
    void constraintsOfParametersAreReported(String parameter, String message) {
        assertThat(create(A_STRING, A_HASH, "," + parameter))
                .isEqualTo(Answer.invalid(ONE + message));
    }

    @Test
    void typesOfAttributesAndKeysAreReported() {
        assertThat(create("{\"AttributeName\":\"a\",\"AttributeType\":\"SS\"}",
                "{\"AttributeName\":\"a\",\"KeyType\":\"SORT\"}", "")).isEqualTo(Answer.invalid(
                        "2 validation errors detected: Value 'SS' at"
                                + " 'attributeDefinitions.1.member.attributeType' failed to satisfy"
                                + " constraint: Member must satisfy enum value set: [B, N, S]; Value"
                                + " 'SORT' at 'keySchema.1.member.keyType' failed to satisfy constraint:"
                                + " Member must satisfy enum value set: [HASH, RANGE]"));
    }

    @Test
    void aKeyHasAtMostTwoAttributes() {
        assertThat(create(A_STRING, A_HASH + "," + B_RANGE
                + ",{\"AttributeName\":\"c\",\"KeyType\":\"RANGE\"}", "")).isEqualTo(
                        Answer.invalid(ONE
                                + "Value '[KeySchemaElement(attributeName=a, keyType=HASH),"
                                + " KeySchemaElement(attributeName=b, keyType=RANGE),"
                                + " KeySchemaElement(attributeName=c, keyType=RANGE)]' at 'keySchema'"
                                + " failed to satisfy constraint: Member must have length less than or"
                                + " equal to 2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "BillingMode":"PROVISIONED"|One or more parameter values were invalid: \
            ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is \
            PROVISIONED
            "TableClass":"STANDARD"|One or more parameter values were invalid: ReadCapacityUnits \
            and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED
            "BillingMode":"PAY_PER_REQUEST","ProvisionedThroughput":{"ReadCapacityUnits":1,\
            "WriteCapacityUnits":1}|One or more parameter values were invalid: Neither \
            ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is \
            PAY_PER_REQUEST
            "ProvisionedThroughput":{"ReadCapacityUnits":1000000000001,"WriteCapacityUnits":1}|\
            Given value 1000000000001 for ReadCapacityUnits is out of bounds
            "ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1000000000001}|\
            Given value 1000000000001 for WriteCapacityUnits is out of bounds
            """)
    void throughputFitsTheBillingMode(String parameter, String message) {
        assertThat(create(A_STRING, A_HASH, "," + parameter)).isEqualTo(Answer.invalid(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a:S|a:HASH,a:RANGE|Invalid KeySchema: Some index key attribute have no definition
            a:S|a:HASH,b:RANGE|Invalid KeySchema: Some index key attribute have no definition
            b:S|a:HASH|One or more parameter values were invalid: Some index key attributes are \
            not defined in AttributeDefinitions. Keys: [a], AttributeDefinitions: [b]
            a:S,b:S|a:HASH,a:RANGE|Both the Hash Key and the Range Key element in the KeySchema \
            have the same name
            a:S|a:RANGE|Invalid KeySchema: The first KeySchemaElement is not a HASH key type
            a:S,b:S|a:HASH,b:HASH|Invalid KeySchema: The second KeySchemaElement is not a RANGE \
            key type
            a:S,b:S|a:HASH|One or more parameter values were invalid: Number of attributes in \
            KeySchema does not exactly match number of attributes defined in AttributeDefinitions
            a:S,a:N|a:HASH|One or more parameter values were invalid: Duplicate AttributeName in \
            AttributeDefinitions
            """)
    void keysFitTheDefinitions(String definitions, String keys, String message) {
        assertThat(create(pairs(definitions, "AttributeType"), pairs(keys, "KeyType"),
                ",\"BillingMode\":\"PAY_PER_REQUEST\"")).isEqualTo(Answer.invalid(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"SSESpecification\":{\"Enabled\":true}", "\"SSESpecification\":{}",
        "\"WarmThroughput\":{}", "\"OnDemandThroughput\":{}",
        "\"GlobalTableSourceArn\":\"arn\"", "\"SomethingNew\":true"})
    void aParameterThatIsNotBuiltIsRefused(String parameter) {
        String name = parameter.substring(1, parameter.indexOf('"', 1));

        assertThat(create(A_STRING, A_HASH, ",\"BillingMode\":\"PAY_PER_REQUEST\"," + parameter))
                .isEqualTo(Answer.invalid(INVALID + name + " is not supported by this server"));
        assertThat(store.commits()).isZero();
    }

    @Test
    void tagsAreFewAndDistinct() {
        String tag = "{\"Key\":\"%s\",\"Value\":\"v\"},";
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 51; i++) {
            many.append(tag.formatted("k" + i));
        }
        many.setLength(many.length() - 1);
        String billing = ",\"BillingMode\":\"PAY_PER_REQUEST\",\"Tags\":[";

        assertThat(create(A_STRING, A_HASH, billing + many + "]")).isEqualTo(
                Answer.invalid(INVALID + "Number of tags exceeds the limit of 50"));
        assertThat(create(A_STRING, A_HASH,
                billing + tag.formatted("k") + tag.formatted("k").replace("},", "}]")))
                .isEqualTo(Answer.invalid(INVALID + "Duplicate tag key: k"));
    }

    private Answer create(String attributes, String keys, String parameters) {
        return endpoint.call("CreateTable", "{\"TableName\":\"things\",\"AttributeDefinitions\":["
                + attributes + "],\"KeySchema\":[" + keys + "]" + parameters + "}");
    }

    /** Turns "a:S,b:N" into structures. */
    private static String pairs(String text, String second) {
        StringBuilder out = new StringBuilder();
        for (String pair : text.split(",", -1)) {
            int colon = pair.indexOf(':');
            out.append(out.isEmpty() ? "" : ",").append("{\"AttributeName\":\"")
                    .append(pair, 0, colon).append("\",\"").append(second).append("\":\"")
                    .append(pair.substring(colon + 1)).append("\"}");
        }
        return out.toString();
    }
}
