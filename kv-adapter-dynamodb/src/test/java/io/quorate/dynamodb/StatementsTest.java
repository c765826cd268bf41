package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Permissions;
import io.quorate.dynamodb.Endpoint.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PartiQL. */
class StatementsTest {
    private static final String MALFORMED = "Statement wasn't well formed, can't be processed: ";
    private static final Pattern TOKEN = Pattern.compile("\"NextToken\":\"([^\"]+)\"");
    private static final Pattern NUMBER = Pattern.compile("\"b\":\\{\"N\":\"(\\d+)\"}");

    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store);

    @BeforeEach
    void create() {
        endpoint.withRangeTable("things", "S", "N");
        for (int b = 1; b <= 5; b++) {
            assertThat(run("INSERT INTO things VALUE {'a':'k','b':" + b + ",'v':" + 10 * b
                    + ",'tags':<<'x','y'>>,'m':{'l':[1,'two',true,null]}}"))
                    .isEqualTo(Answer.ok("{\"Items\":[]}"));
        }
        run("INSERT INTO \"things\" VALUE {'a':'other','b':1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            WHERE a = 'k'|1 2 3 4 5
            WHERE a = 'k' AND b > 3|4 5
            WHERE a = 'k' AND b BETWEEN 2 AND 3|2 3
            WHERE 'k' = a AND b <> 3|1 2 4 5
            WHERE a = 'k' AND v >= 20 AND (v < 40 OR b = 5)|2 3 5
            WHERE a = 'k' AND NOT v IN [10, 20, 50]|3 4
            WHERE a = 'k' AND v IN (10, 20)|1 2
            WHERE a = 'k' AND contains(tags, 'x') AND begins_with(a, 'k') AND size(tags) = 2|1 2 3 4 5
            WHERE a = 'k' AND attribute_type(v, 'N') AND m.l[1] = 'two' AND m['l'][0] = 1 AND b < 2|1
            WHERE v IS MISSING|1
            WHERE v IS NOT MISSING AND b = 4|4
            WHERE m.l[3] IS NULL AND v = 50|5
            WHERE a = 'k' ORDER BY b DESC|5 4 3 2 1
            WHERE a = 'k' AND b < 3 ORDER BY b ASC|1 2
            WHERE b = 1 AND a = 'nobody'|
            WHERE v != 10 AND v > 40|5
            """)
    void itemsAreSelected(String where, String numbers) {
        String body = run("SELECT b FROM things " + where).body();

        assertThat(numbers(body))
                .isEqualTo(numbers == null ? List.of() : List.of(numbers.split(" ")));
    }

    @Test
    void partsAndWholeItemsAreSelected() {
        assertThat(run("SELECT m.l[1], v FROM \"things\" WHERE \"a\"='k' AND b=1;"))
                .isEqualTo(Answer.ok("{\"Items\":[{\"m\":{\"M\":{\"l\":{\"L\":[{\"S\":\"two\"}]}}},"
                        + "\"v\":{\"N\":\"10\"}}]}"));
        assertThat(run("select * from things where a='other' and b=1"))
                .isEqualTo(
                        Answer.ok("{\"Items\":[{\"a\":{\"S\":\"other\"},\"b\":{\"N\":\"1\"}}]}"));
    }

    @Test
    void parametersStandForQuestionMarks() {
        assertThat(numbers(endpoint.call("ExecuteStatement", """
                {"Statement":"SELECT b FROM things WHERE a = ? AND b IN [?, ?]",
                "Parameters":[{"S":"k"},{"N":"2"},{"N":"4"}]}""").body()))
                .containsExactly("2", "4");
        assertThat(endpoint.call("ExecuteStatement",
                """
                        {"Statement":"SELECT b FROM things WHERE a = ?","Parameters":[{"S":"k"},{"N":"2"}]}"""))
                .isEqualTo(Answer.invalid(
                        "Number of parameters in request and statement don't match."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT b FROM things WHERE a = 'k'
            SELECT b FROM things WHERE a IN ['k'] AND v > 0
            """)
    void pagesFollowEachOther(String statement) {
        List<String> found = new ArrayList<>();
        String token = "";
        int pages = 0;
        do {
            String body = endpoint.call("ExecuteStatement",
                    "{\"Statement\":\"" + statement + "\",\"Limit\":2" + token + "}").body();
            found.addAll(numbers(body));
            Matcher next = TOKEN.matcher(body);
            token = next.find() ? ",\"NextToken\":\"" + next.group(1) + "\"" : "";
            pages++;
        } while (!token.isEmpty() && pages < 10);

        assertThat(found).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
        assertThat(pages).isGreaterThan(2);
    }

    @Test
    void aTokenOfAnotherStatementIsRefused() {
        Matcher next = TOKEN.matcher(endpoint.call("ExecuteStatement",
                "{\"Statement\":\"SELECT * FROM things WHERE a = 'k'\",\"Limit\":2}").body());
        assertThat(next.find()).isTrue();

        assertThat(endpoint.call("ExecuteStatement",
                "{\"Statement\":\"SELECT * FROM things\",\"NextToken\":\"" + next.group(1) + "\"}"))
                .isEqualTo(Answer.invalid("NextToken does not match request"));
    }

    @Test
    void anItemIsInsertedOnce() {
        assertThat(run("INSERT INTO things VALUE {'a':'k','b':1}")).isEqualTo(Answer.error(
                "com.amazonaws.dynamodb.v20120810#DuplicateItemException",
                "Duplicate primary key exists in table"));
        assertThat(run("INSERT INTO things VALUE {'a':'k'}")).isEqualTo(Answer.invalid(
                "One or more parameter values were invalid: Missing the key b in the item"));
    }

    @Test
    void anItemIsUpdated() {
        assertThat(run("UPDATE things SET v = v + 5 SET tags = set_add(tags, <<'z'>>)"
                + " SET m.l = list_append(m.l, [7]) REMOVE nothing"
                + " WHERE a = 'k' AND b = 1 AND v = 10 RETURNING ALL NEW *"))
                .isEqualTo(Answer.ok("{\"Items\":[{\"a\":{\"S\":\"k\"},\"b\":{\"N\":\"1\"},\"v\":{"
                        + "\"N\":\"15\"},\"tags\":{\"SS\":[\"x\",\"y\",\"z\"]},\"m\":{\"M\":{\"l\":"
                        + "{\"L\":[{\"N\":\"1\"},{\"S\":\"two\"},{\"BOOL\":true},{\"NULL\":true},"
                        + "{\"N\":\"7\"}]}}}}]}"));
        assertThat(run("UPDATE things SET v = 1 SET w = 'it''s' WHERE a = 'k' AND b = 1"
                + " RETURNING MODIFIED OLD *"))
                .isEqualTo(Answer.ok("{\"Items\":[{\"v\":{\"N\":\"15\"}}]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            UPDATE things SET v = 1 WHERE a = 'k' AND b = 9
            UPDATE things SET v = 1 WHERE a = 'k' AND b = 1 AND v = 11
            DELETE FROM things WHERE a = 'k' AND b = 1 AND v = 11
            """)
    void aConditionThatDoesNotHoldIsSaid(String statement) {
        assertThat(run(statement)).isEqualTo(Answer.error(
                "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
                "The conditional request failed"));
    }

    @Test
    void anItemIsDeleted() {
        assertThat(run("DELETE FROM things WHERE a = 'other' AND b = 1 RETURNING ALL OLD *"))
                .isEqualTo(Answer.ok(
                        "{\"Items\":[{\"a\":{\"S\":\"other\"},\"b\":{\"N\":\"1\"}}]}"));
        assertThat(run("DELETE FROM things WHERE a = 'other' AND b = 1"))
                .isEqualTo(Answer.ok("{\"Items\":[]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            TRUNCATE things|Expected data manipulation
            SELECT FROM things|Unexpected keyword
            SELECT * FROM things WHERE|Unexpected end of statement
            SELECT * FROM things things|Unexpected keyword
            INSERT INTO things (a) VALUES ('k')|Unexpected token
            SELECT * FROM things WHERE a = 'k|Unterminated quoted text
            SELECT * FROM things WHERE upper(a) = 'K'|No such function: upper
            """)
    void whatIsNoStatementIsRefused(String statement, String problem) {
        assertThat(run(statement)).isEqualTo(Answer.invalid(MALFORMED + problem));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            UPDATE things SET v = 1 WHERE a = 'k'|Where clause does not contain a mandatory equality on \
            all key attributes
            DELETE FROM things WHERE a = 'k' OR b = 1|Where clause does not contain a mandatory equality \
            on all key attributes
            UPDATE things SET b = 1 WHERE a = 'k' AND b = 1|One or more parameter values were invalid: \
            Cannot update attribute b. This attribute is part of the key
            SELECT * FROM things.nothing WHERE a = 'k'|The table does not have the specified index: nothing
            SELECT * FROM things WHERE a = 'k' ORDER BY v|Variable reference v in ORDER BY clause must be \
            part of the primary key
            """)
    void whatTheTableDoesNotAllowIsRefused(String statement, String problem) {
        assertThat(run(statement)).isEqualTo(Answer.invalid(problem));
    }

    @Test
    void aMissingTableIsNotFound() {
        assertThat(run("SELECT * FROM nothing").body()).contains("#ResourceNotFoundException");
    }

    @Test
    void eachStatementOfABatchAnswersByItself() {
        assertThat(endpoint.call("BatchExecuteStatement", """
                {"Statements":[{"Statement":"INSERT INTO things VALUE {'a':'n','b':1}"},
                {"Statement":"INSERT INTO things VALUE {'a':'k','b':1}"},
                {"Statement":"UPDATE things SET v = ? WHERE a = 'k' AND b = 1 RETURNING ALL NEW *",
                "Parameters":[{"BOOL":true}]},
                {"Statement":"UPDATE nothing SET v = 1 WHERE a = 'k'"},
                {"Statement":"UPDATE things"}]}""").body())
                .startsWith("{\"Responses\":[{\"TableName\":\"things\"},{\"Error\":{\"Code\":"
                        + "\"DuplicateItem\",\"Message\":\"Duplicate primary key exists in table\"},"
                        + "\"TableName\":\"things\"},{\"TableName\":\"things\",\"Item\":{")
                .contains("\"Code\":\"ResourceNotFound\"", "\"Code\":\"ValidationError\"");
        assertThat(endpoint.call("BatchExecuteStatement", """
                {"Statements":[{"Statement":"SELECT b FROM things WHERE a = 'k' AND b = 2"},
                {"Statement":"SELECT b FROM things WHERE a = 'k' AND b = 9"},
                {"Statement":"SELECT b FROM things WHERE a = 'k'"}]}"""))
                .isEqualTo(Answer.ok("{\"Responses\":[{\"TableName\":\"things\",\"Item\":{\"b\":{"
                        + "\"N\":\"2\"}}},{\"TableName\":\"things\"},{\"Error\":{\"Code\":"
                        + "\"ValidationError\",\"Message\":\"Where clause does not contain a"
                        + " mandatory equality on all key attributes\"},\"TableName\":\"things\"}]}"));
    }

    @Test
    void aTransactionHappensWholeOrNotAndOnce() {
        String transaction = """
                {"ClientRequestToken":"t","TransactStatements":[
                {"Statement":"EXISTS(SELECT * FROM things WHERE a = 'k' AND b = 2 AND v = 20)"},
                {"Statement":"INSERT INTO things VALUE {'a':'new','b':1}"},
                {"Statement":"UPDATE things SET v = v + 1 WHERE a = 'k' AND b = 1"}]}""";
        for (int i = 0; i < 2; i++) {
            assertThat(endpoint.call("ExecuteTransaction", transaction))
                    .isEqualTo(Answer.ok("{\"Responses\":[{},{},{}]}"));
        }

        assertThat(endpoint.call("ExecuteTransaction", transaction.replace("\"t\"", "\"u\""))
                .body()).contains("[None, DuplicateItem, None]", "\"Code\":\"DuplicateItem\"");
        assertThat(endpoint.call("ExecuteTransaction", """
                {"TransactStatements":[{"Statement":"SELECT v FROM things WHERE a = 'k' AND b = 1"},
                {"Statement":"SELECT * FROM things WHERE a = 'k' AND b = 9"}]}"""))
                .isEqualTo(Answer.ok("{\"Responses\":[{\"Item\":{\"v\":{\"N\":\"11\"}}},{}]}"));
    }

    @Test
    void whatAStatementDoesNeedsItsOwnPermission() {
        endpoint.as(Endpoint.identity("reader", new Permissions.Allowed(
                List.of(new Permissions.AllowRule(List.of("dynamodb:PartiQLSelect"),
                        List.of("arn:aws:dynamodb:*:000000000000:table/things"))))));

        assertThat(run("SELECT * FROM things WHERE a = 'k'").status()).isEqualTo(200);
        assertThat(run("DELETE FROM things WHERE a = 'k' AND b = 1").body())
                .contains("is not authorized to perform: dynamodb:PartiQLDelete");
        assertThat(run("SELECT * FROM others").body()).contains("#AccessDeniedException");
    }

    private Answer run(String statement) {
        return endpoint.call("ExecuteStatement",
                "{\"Statement\":\"" + statement.replace("\"", "\\\"") + "\"}");
    }

    private static List<String> numbers(String body) {
        List<String> found = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(body.split("\"LastEvaluatedKey\"", 2)[0]);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
