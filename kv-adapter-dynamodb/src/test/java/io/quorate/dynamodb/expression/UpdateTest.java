package io.quorate.dynamodb.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Bytes;
import io.quorate.dynamodb.model.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateTest {
    private static final Bindings BINDINGS = new Bindings(Map.of("#m", "tree"),
            Map.of(":one", number("1"), ":five", number("5"), ":text", AttributeValue.text("t"),
                    ":list", list(number("7")), ":set", set("b", "c"), ":numbers",
                    new AttributeValue.Members(AttributeType.NS,
                            List.of(Bytes.of(Decimal.parse("1").encoded())))));

    private final Expressions expressions = new Expressions();

    @Test
    void operandsAreReadFromTheItemAsItWas() {
        Map<String, AttributeValue> after = apply("SET n = n + :one, twin = n, summed = n - :five");

        assertThat(after).containsEntry("n", number("4")).containsEntry("twin", number("3"))
                .containsEntry("summed", number("-2"));
    }

    @Test
    void ifNotExistsAndListAppendChooseAndJoin() {
        Map<String, AttributeValue> after = apply("SET n = if_not_exists(n, :five), x = "
                + "if_not_exists(x, :five) + :one, elems = list_append(:list, elems)");

        assertThat(after).containsEntry("n", number("3")).containsEntry("x", number("6"))
                .containsEntry("elems", list(number("7"), number("0"), number("1"), number("2")));
    }

    @Test
    void positionsAreThoseOfTheItemAsItWas() {
        assertThat(apply("REMOVE elems[0], elems[1] SET elems[2] = :five")).containsEntry("elems",
                list(number("5")));
        assertThat(apply("SET elems[10] = :five, elems[5] = :one")).containsEntry("elems",
                list(number("0"), number("1"), number("2"), number("1"), number("5")));
        assertThat(apply("REMOVE elems[9]")).isEqualTo(item());
    }

    @Test
    void entriesOfMapsAreSetAndRemoved() {
        assertThat(apply("SET #m.now1 = :one REMOVE #m.was1, nowhere")).containsEntry("tree",
                new AttributeValue.Entries(
                        Map.of("now1", number("1"), "deep", new AttributeValue.Entries(Map.of()))));
    }

    @Test
    void addCreatesNumbersAndSetsAndAddsToThem() {
        Map<String, AttributeValue> after = apply(
                "ADD n :five, younger :five, tags :set, another :set");

        assertThat(after).containsEntry("n", number("8")).containsEntry("younger", number("5"))
                .containsEntry("tags", set("a", "b", "c")).containsEntry("another", set("b", "c"));
    }

    @Test
    void deleteRemovesMembersAndEmptySetsGo() {
        assertThat(apply("DELETE tags :set")).containsEntry("tags", set("a"));
        Map<String, AttributeValue> item = item();
        item.put("tags", set("b"));
        assertThat(UpdateEvaluator.apply(parse("DELETE tags :set"), item, BINDINGS))
                .doesNotContainKey("tags");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SET x = gone|The provided expression refers to an attribute that does not exist in \
            the item
            SET x = word + :one|An operand in the update expression has an incorrect data type
            SET x = list_append(n, :list)|An operand in the update expression has an incorrect data \
            type
            SET n.x = :one|The document path provided in the update expression is invalid for update
            SET nowhere.x = :one|The document path provided in the update expression is invalid for \
            update
            REMOVE nowhere.x|The document path provided in the update expression is invalid for update
            ADD tags :numbers|An operand in the update expression has an incorrect data type
            DELETE n :set|An operand in the update expression has an incorrect data type
            """)
    void whatTheItemDoesNotAllowIsRefused(String text, String message) {
        assertThatThrownBy(() -> apply(text)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SET a = :one SET b = :one|The "SET" section can only be used once in an update \
            expression;
            a = :one|Syntax error; token: "a", near: "a ="
            SET a = :one,|Syntax error; token: "<EOF>", near: ","
            ADD a b|Syntax error; token: "b", near: "a b"
            SET a = foo(:one)|Invalid function name; function: foo
            SET a = size(b)|The function is not allowed in an update expression; function: size
            SET a = if_not_exists(:one, b)|Operator or function requires a document path; operator \
            or function: if_not_exists
            SET a = :one, a = :five|Two document paths overlap with each other; must remove or \
            rewrite one of these paths; path one: [a], path two: [a]
            SET a.b = :one REMOVE a|Two document paths overlap with each other; must remove or \
            rewrite one of these paths; path one: [a, b], path two: [a]
            SET a[0] = :one REMOVE a.b|Two document paths conflict with each other; must remove or \
            rewrite one of these paths; path one: [a, [0]], path two: [a, b]
            ADD a :text|Incorrect operand type for operator or function; operator: ADD, operand \
            type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND
            DELETE a :one|Incorrect operand type for operator or function; operator: DELETE, \
            operand type: NUMBER, typeSet: ALLOWED_FOR_ADD_OPERAND
            SET a = :text + :one|Incorrect operand type for operator or function; operator or \
            function: +, operand type: S
            """)
    void whatIsNoUpdateIsRefused(String text, String message) {
        assertThatThrownBy(() -> UpdateCheck.check(parse(text), new ExpressionScope(BINDINGS)))
                .hasMessage("Invalid UpdateExpression: " + message);
    }

    @Test
    void whatATreePrintsParsesToTheSameTree() {
        for (String text : List.of("SET a = :v", "SET a = b + :v, c[1].d = if_not_exists(e, :x)",
                "REMOVE a, b[2]", "ADD a :v DELETE b :w", "SET #a.#b = list_append(:v, #a.c) REMOVE"
                        + " d ADD e :v DELETE f :w")) {
            UpdateExpression tree = parse(text);
            assertThat(parse(tree.toString())).isEqualTo(tree);
        }
    }

    @Test
    void sumsAreThoseOfBigDecimal() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            BigDecimal left = new BigDecimal(new BigInteger(60, random), random.nextInt(20));
            BigDecimal right = new BigDecimal(new BigInteger(60, random).negate(),
                    random.nextInt(20));
            Decimal sum = Decimal.parse(left.toString()).plus(Decimal.parse(right.toString()));
            assertThat(sum.toBigDecimal()).describedAs("seed %d: %s + %s", seed, left, right)
                    .isEqualByComparingTo(left.add(right));
            assertThat(Decimal.parse(left.toString()).compareTo(Decimal.parse(right.toString())))
                    .isEqualTo(Integer.signum(left.compareTo(right)) * Math.abs(
                            Decimal.parse(left.toString()).compareTo(
                                    Decimal.parse(right.toString()))));
        }
    }

    private Map<String, AttributeValue> apply(String text) {
        UpdateExpression update = parse(text);
        UpdateCheck.check(update, new ExpressionScope(BINDINGS));
        return UpdateEvaluator.apply(update, item(), BINDINGS);
    }

    private UpdateExpression parse(String text) {
        return expressions.update(text);
    }

    private static Map<String, AttributeValue> item() {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put("n", number("3"));
        item.put("word", AttributeValue.text("x"));
        item.put("elems", list(number("0"), number("1"), number("2")));
        item.put("tags", set("a", "b"));
        item.put("tree", new AttributeValue.Entries(
                Map.of("was1", number("1"), "deep", new AttributeValue.Entries(Map.of()))));
        return item;
    }

    private static AttributeValue list(AttributeValue... elements) {
        return new AttributeValue.Elements(List.of(elements));
    }

    private static AttributeValue set(String... members) {
        TreeSet<Bytes> sorted = new TreeSet<>();
        for (String member : members) {
            sorted.add(Bytes.utf8(member));
        }
        return AttributeValue.Members.sorted(AttributeType.SS, sorted);
    }

    private static AttributeValue number(String literal) {
        return AttributeValue.number(Decimal.parse(literal));
    }
}
