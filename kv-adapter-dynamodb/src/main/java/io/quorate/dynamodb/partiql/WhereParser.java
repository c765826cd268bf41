package io.quorate.dynamodb.partiql;

import io.quorate.dynamodb.expression.Condition;
import io.quorate.dynamodb.expression.DocumentPath;
import io.quorate.dynamodb.expression.Operand;
import io.quorate.dynamodb.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Parses document paths and conditions by recursive descent: OR binds least, then AND, then NOT. One
 * use each.
 */
final class WhereParser {
    /** Most operators, and so the deepest recursion. */
    private static final int MAX_OPERATORS = 300;
    /** Most elements of a document path. */
    private static final int MAX_PATH = 32;
    private static final int MAX_INDEX_DIGITS = 9;

    private final Tokens tokens;
    private final ValueParser values;
    private final Placeholders placeholders;
    private int operators;

    WhereParser(Tokens tokens, ValueParser values, Placeholders placeholders) {
        this.tokens = tokens;
        this.values = values;
        this.placeholders = placeholders;
    }

    Condition condition() {
        Condition left = and();
        while (tokens.acceptWord("OR")) {
            count();
            left = new Condition.Or(left, and());
        }
        return left;
    }

    private Condition and() {
        Condition left = not();
        while (tokens.acceptWord("AND")) {
            count();
            left = new Condition.And(left, not());
        }
        return left;
    }

    private Condition not() {
        if (tokens.acceptWord("NOT")) {
            count();
            return new Condition.Not(not());
        }
        if (tokens.accept("(")) {
            count();
            Condition inner = condition();
            tokens.expect(")");
            return inner;
        }
        return predicate();
    }

    private Condition predicate() {
        Token token = tokens.peek();
        boolean call = token.type() == Token.Type.WORD && tokens.peekSecond().is("(")
                && !token.isWord("size");
        return call ? call() : comparison(operand());
    }

    private Condition call() {
        String name = tokens.next().text().toLowerCase(Locale.ROOT);
        count();
        tokens.expect("(");
        List<Operand> operands = operands(")");
        for (Condition.Function function : Condition.Function.values()) {
            if (function.text().equals(name)) {
                if (function.operands() != operands.size()) {
                    throw Tokens.malformed("Incorrect number of arguments of " + name);
                }
                return new Condition.Call(function, operands);
            }
        }
        throw Tokens.malformed("No such function: " + name);
    }

    private Condition comparison(Operand left) {
        count();
        if (tokens.acceptWord("BETWEEN")) {
            Operand low = operand();
            tokens.expectWord("AND");
            return new Condition.Between(left, low, operand());
        }
        if (tokens.acceptWord("IN")) {
            return in(left);
        }
        if (tokens.acceptWord("IS")) {
            return is(left);
        }
        boolean unequal = tokens.accept("!=");
        for (Condition.Comparator comparator : Condition.Comparator.values()) {
            if (unequal
                    ? comparator == Condition.Comparator.NE
                    : tokens.accept(comparator.symbol())) {
                return new Condition.Comparison(comparator, left, operand());
            }
        }
        throw tokens.unexpected();
    }

    private Condition in(Operand left) {
        String end = tokens.peek().is("(") ? ")" : "]";
        if (!tokens.accept("(")) {
            tokens.expect("[");
        }
        return new Condition.In(left, operands(end));
    }

    /** IS MISSING and IS NULL, perhaps NOT. */
    private Condition is(Operand left) {
        boolean not = tokens.acceptWord("NOT");
        if (tokens.acceptWord("MISSING")) {
            return new Condition.Call(not
                    ? Condition.Function.ATTRIBUTE_EXISTS
                    : Condition.Function.ATTRIBUTE_NOT_EXISTS, List.of(left));
        }
        tokens.expectWord("NULL");
        Condition isNull = new Condition.Call(Condition.Function.ATTRIBUTE_TYPE, List.of(left,
                new Operand.Given(placeholders.value(AttributeValue.text("NULL")))));
        return not ? new Condition.Not(isNull) : isNull;
    }

    private List<Operand> operands(String end) {
        List<Operand> operands = new ArrayList<>();
        do {
            operands.add(operand());
        } while (tokens.accept(","));
        tokens.expect(end);
        return operands;
    }

    private Operand operand() {
        if (tokens.peek().isWord("size") && tokens.peekSecond().is("(")) {
            tokens.next();
            tokens.expect("(");
            Operand of = new Operand.At(path());
            tokens.expect(")");
            return new Operand.SizeOf(of);
        }
        return values.isAhead()
                ? new Operand.Given(placeholders.value(values.value()))
                : new Operand.At(path());
    }

    /** A document path, its names replaced by placeholders. */
    DocumentPath path() {
        List<DocumentPath.Step> steps = new ArrayList<>();
        steps.add(step(tokens.name()));
        while (true) {
            if (tokens.accept(".")) {
                steps.add(step(tokens.name()));
            } else if (tokens.accept("[")) {
                steps.add(element());
                tokens.expect("]");
            } else {
                break;
            }
            if (steps.size() > MAX_PATH) {
                throw Tokens.malformed("The path has too many elements");
            }
        }
        return new DocumentPath(steps);
    }

    private DocumentPath.Step element() {
        Token token = tokens.next();
        if (token.type() == Token.Type.TEXT && !token.text().isEmpty()) {
            return step(token.text());
        }
        boolean index = token.type() == Token.Type.NUMBER
                && token.text().length() <= MAX_INDEX_DIGITS
                && token.text().chars().allMatch(Character::isDigit);
        if (!index) {
            throw Tokens.malformed("Unexpected token");
        }
        return new DocumentPath.Index(Integer.parseInt(token.text()));
    }

    private DocumentPath.Step step(String name) {
        return new DocumentPath.Name(placeholders.name(name));
    }

    private void count() {
        if (++operators > MAX_OPERATORS) {
            throw Tokens.malformed("The statement has too many operators");
        }
    }
}
