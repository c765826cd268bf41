package io.quorate.dynamodb.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Bytes;
import io.quorate.dynamodb.model.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static final Bindings BINDINGS = new Bindings(Map.of("#n", "name", "#dot", "a.b"),
            Map.of(":one", number("1"), ":two", number("2"), ":text",
                    AttributeValue.text("hello"), ":he", AttributeValue.text("he"), ":type",
                    AttributeValue.text("N"), ":list",
                    new AttributeValue.Elements(List.of(number("1"))), ":yes",
                    new AttributeValue.Bool(true)));

    private static final ItemView ITEM = ItemView.of(Map.of("n", number("1.50"), "s",
            AttributeValue.text("hello"), "flag", new AttributeValue.Bool(true), "bag",
            new AttributeValue.Members(AttributeType.SS,
                    List.of(Bytes.utf8("a"), Bytes.utf8("hello"))),
            "elems", new AttributeValue.Elements(List.of(number("1"), AttributeValue.text("x"))),
            "tree", new AttributeValue.Entries(Map.of("leaf1", number("2"))), "a.b", number("1")));

    private final Expressions expressions = new Expressions();

    @ParameterizedTest
    @ValueSource(strings = {"n > :one", "n < :two", "n <> :text", "gone <> :one", "s = :text",
        "n BETWEEN :one AND :two", "s IN (:one, :text)", "attribute_exists(n)",
        "attribute_exists(tree.leaf1)", "attribute_not_exists(tree.leaf2)",
        "attribute_not_exists(elems[2])", "attribute_type(n, :type)", "begins_with(s, :he)",
        "contains(s, :he)", "contains(bag, :text)", "contains(elems, :one)", "size(s) > :two",
        "size(elems) = :two", "tree.leaf1 = :two", "elems[0] = :one", "#dot = :one",
        "NOT n = :one AND n > :one", "n = :one OR n > :one AND n < :two",
        "(n = :one OR n > :one) AND n < :two", "not (n = :one or n = :two)", "(s) = (:text)",
        ":one < :two", "attribute_exists (n) AND ( flag = :yes )"})
    void holds(String text) {
        assertThat(isTrue(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n = :one", "gone = :one", "gone < :one", "n < :text",
        "gone BETWEEN :one AND :two", "s IN (:one, :two)", "attribute_exists(gone)",
        "attribute_exists(elems[2])", "attribute_exists(n.leaf1)", "attribute_type(s, :type)",
        "begins_with(n, :he)", "contains(n, :one)", "contains(bag, :he)", "size(flag) > :one",
        "flag < n", "NOT n <> :one"})
    void doesNotHold(String text) {
        assertThat(isTrue(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ` `|The expression can not be empty;
            a = |Syntax error; token: "<EOF>", near: "="
            a = :one b|Syntax error; token: "b", near: ":one b"
            a == :one|Syntax error; token: "=", near: "== :one"
            a ! :one|Syntax error; token: "!", near: "a ! "
            foo(a, :one)|Invalid function name; function: foo
            begins_with(a)|Incorrect number of operands for operator or function; operator or \
            function: begins_with, number of operands: 1
            size(a)|The function is not allowed to be used this way in an expression; function: size
            a = begins_with(b, :one)|The function is not allowed to be used this way in an \
            expression; function: begins_with
            ((a = :one))|The expression has redundant parentheses;
            a[b] = :one|Syntax error; token: "b", near: "[b]"
            """)
    void whatIsNoConditionIsRefused(String text, String message) {
        assertThatThrownBy(() -> expressions.condition(ExpressionKind.CONDITION, text))
                .hasMessage("Invalid ConditionExpression: " + message);
        assertThat(expressions.cached()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            status = :one|Attribute name is a reserved keyword; reserved keyword: status
            tree.Value = :one|Attribute name is a reserved keyword; reserved keyword: Value
            #no = :one|An expression attribute name used in the document path is not defined; \
            attribute name: #no
            n = :no|An expression attribute value used in expression is not defined; attribute \
            value: :no
            n < :yes|Incorrect operand type for operator or function; operator or function: <, \
            operand type: BOOL
            begins_with(n, :one)|Incorrect operand type for operator or function; operator or \
            function: begins_with, operand type: N
            attribute_exists(:one)|Operator or function requires a document path; operator or \
            function: attribute_exists
            attribute_type(n, :text)|Invalid attribute type name found; type: hello, valid types: \
            {B,NULL,SS,BOOL,L,BS,N,NS,S,M}
            n = n|The first operand must be distinct from the remaining operands for this operator \
            or function; operator: =, first operand: [n]
            n BETWEEN :two AND :one|The BETWEEN operator requires upper bound to be greater than or \
            equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: \
            AttributeValue: {N:1}
            n BETWEEN :one AND :text|The BETWEEN operator requires same data type for lower and \
            upper bounds; lower bound operand: AttributeValue: {N:1}, upper bound operand: \
            AttributeValue: {S:hello}
            """)
    void whatNoItemCanMeetIsRefused(String text, String message) {
        assertThatThrownBy(() -> check(text))
                .hasMessage("Invalid ConditionExpression: " + message);
    }

    @Test
    void placeholdersThatNothingUsesAreRefused() {
        ExpressionScope scope = new ExpressionScope(
                new Bindings(Map.of("#a", "a"), Map.of(":v", number("1"))));
        ConditionCheck.check(ExpressionKind.CONDITION,
                expressions.condition(ExpressionKind.CONDITION, "b = :v"), scope);

        assertThatThrownBy(scope::finish).hasMessage(
                "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}");
    }

    @Test
    void expressionsAreBoundedInSizeDepthAndOperators() {
        String longest = "a" + "b".repeat(4090) + "=:v";
        assertThatThrownBy(() -> parse(longest + "w".repeat(3))).hasMessageContaining(
                "Expression size has exceeded the maximum allowed size; expression size: 4097");
        assertThat(parse("a" + ".b".repeat(31) + "=:v")).isNotNull();
        assertThatThrownBy(() -> parse("a" + ".b".repeat(32) + "=:v"))
                .hasMessageContaining("nesting levels: 33");
        assertThat(parse("NOT ".repeat(299) + "a = :v")).isNotNull();
        assertThatThrownBy(() -> parse("NOT ".repeat(300) + "a = :v"))
                .hasMessageContaining("operator count: 301");
        assertThatThrownBy(() -> parse("not(".repeat(1000) + "a"))
                .hasMessageContaining("Invalid ConditionExpression");
    }

    @Test
    void aTextIsParsedOnce() {
        assertThat(parse("a = :v")).isSameAs(parse("a = :v"));
        assertThat(expressions.cached()).isEqualTo(1);
    }

    @Test
    void whatATreePrintsParsesToTheSameTree() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Condition tree = randomCondition(random, 4);
            assertThat(ConditionParser.parse(ExpressionKind.CONDITION, tree.toString()))
                    .describedAs("seed %d: %s", seed, tree).isEqualTo(tree);
        }
    }

    private static Condition randomCondition(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0 -> new Condition.Comparison(
                    any(random, Condition.Comparator.values()), randomOperand(random),
                    randomOperand(random));
            case 1 -> new Condition.Between(randomOperand(random), randomOperand(random),
                    randomOperand(random));
            case 2 -> new Condition.In(randomOperand(random),
                    List.of(randomOperand(random), randomOperand(random)));
            case 3 -> {
                Condition.Function function = any(random, Condition.Function.values());
                List<Operand> operands = new ArrayList<>();
                for (int i = 0; i < function.operands(); i++) {
                    operands.add(randomOperand(random));
                }
                yield new Condition.Call(function, operands);
            }
            case 4 -> new Condition.And(randomCondition(random, depth - 1),
                    randomCondition(random, depth - 1));
            case 5 -> new Condition.Or(randomCondition(random, depth - 1),
                    randomCondition(random, depth - 1));
            default -> new Condition.Not(randomCondition(random, depth - 1));
        };
    }

    private static <T> T any(Random random, T[] all) {
        return all[random.nextInt(all.length)];
    }

    private static Operand randomOperand(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Operand.Given(":v" + random.nextInt(10));
            case 1 -> new Operand.SizeOf(new Operand.At(randomPath(random)));
            default -> new Operand.At(randomPath(random));
        };
    }

    private static DocumentPath randomPath(Random random) {
        List<DocumentPath.Step> steps = new ArrayList<>();
        steps.add(new DocumentPath.Name("a" + random.nextInt(10)));
        for (int i = random.nextInt(4); i > 0; i--) {
            steps.add(random.nextBoolean()
                    ? new DocumentPath.Name("#p" + random.nextInt(10))
                    : new DocumentPath.Index(random.nextInt(100)));
        }
        return new DocumentPath(steps);
    }

    private Condition parse(String text) {
        return expressions.condition(ExpressionKind.CONDITION, text);
    }

    private void check(String text) {
        ConditionCheck.check(ExpressionKind.CONDITION, parse(text), new ExpressionScope(BINDINGS));
    }

    private boolean isTrue(String text) {
        check(text);
        return ConditionEvaluator.holds(parse(text), ITEM, BINDINGS);
    }

    private static AttributeValue number(String literal) {
        return AttributeValue.number(Decimal.parse(literal));
    }
}
