package io.quorate.dynamodb.expression;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parses update expressions. One use each. Source: developer guide, "Using update expressions". */
final class UpdateParser {
    private static final int MAX_DEPTH = 64;

    private final Tokens tokens;
    private final List<UpdateAction> actions = new ArrayList<>();
    private final Set<Section> seen = EnumSet.noneOf(Section.class);
    private int depth;
    private int operators;

    private UpdateParser(Tokens tokens) {
        this.tokens = tokens;
    }

    static UpdateExpression parse(String text) {
        UpdateParser parser = new UpdateParser(new Tokens(ExpressionKind.UPDATE, text));
        do {
            parser.section();
        } while (parser.tokens.peek().type() != Token.Type.END);
        return new UpdateExpression(parser.actions);
    }

    private void section() {
        Section section = sectionAhead();
        if (!seen.add(section)) {
            throw invalid("The \"" + section + "\" section can only be used once in an update"
                    + " expression;");
        }
        tokens.next();
        do {
            actions.add(action(section));
            count();
        } while (tokens.accept(","));
    }

    private Section sectionAhead() {
        Token token = tokens.peek();
        for (Section section : Section.values()) {
            if (token.isWord(section.name())) {
                return section;
            }
        }
        throw tokens.syntaxError();
    }

    private UpdateAction action(Section section) {
        DocumentPath path = tokens.path();
        return switch (section) {
            case SET -> {
                tokens.expect("=");
                yield new UpdateAction.Assign(path, sum());
            }
            case REMOVE -> new UpdateAction.Remove(path);
            case ADD -> new UpdateAction.Add(path, placeholder());
            case DELETE -> new UpdateAction.Subtract(path, placeholder());
        };
    }

    private String placeholder() {
        if (tokens.peek().type() != Token.Type.VALUE) {
            throw tokens.syntaxError();
        }
        return tokens.next().text();
    }

    private SetValue sum() {
        SetValue left = value();
        if (tokens.accept("+")) {
            count();
            return new SetValue.Plus(left, value());
        }
        if (tokens.accept("-")) {
            count();
            return new SetValue.Minus(left, value());
        }
        return left;
    }

    private SetValue value() {
        if (++depth > MAX_DEPTH) {
            throw tokens.syntaxError();
        }
        SetValue value = nested();
        depth--;
        return value;
    }

    private SetValue nested() {
        Token token = tokens.peek();
        if (token.type() == Token.Type.VALUE) {
            tokens.next();
            return new SetValue.Given(token.text());
        }
        if (tokens.accept("(")) {
            SetValue inner = sum();
            tokens.expect(")");
            return inner;
        }
        if (token.type() == Token.Type.WORD && tokens.peekSecond().is("(")) {
            return function(token.text());
        }
        return new SetValue.At(tokens.path());
    }

    private SetValue function(String name) {
        count();
        boolean ifNotExists = name.equals("if_not_exists");
        if (!ifNotExists && !name.equals("list_append")) {
            throw invalid(isOfConditions(name)
                    ? "The function is not allowed in an update expression; function: " + name
                    : "Invalid function name; function: " + name);
        }
        tokens.next();
        tokens.expect("(");
        List<SetValue> operands = new ArrayList<>();
        do {
            operands.add(value());
        } while (tokens.accept(","));
        tokens.expect(")");
        if (operands.size() != 2) {
            throw invalid("Incorrect number of operands for operator or function;"
                    + " operator or function: " + name + ", number of operands: "
                    + operands.size());
        }
        return ifNotExists
                ? ifNotExists(operands.get(0), operands.get(1))
                : new SetValue.ListAppend(operands.get(0), operands.get(1));
    }

    private SetValue ifNotExists(SetValue first, SetValue second) {
        if (first instanceof SetValue.At at) {
            return new SetValue.IfNotExists(at.path(), second);
        }
        throw invalid("Operator or function requires a document path; operator or function:"
                + " if_not_exists");
    }

    private static boolean isOfConditions(String name) {
        if (name.equals("size")) {
            return true;
        }
        for (Condition.Function function : Condition.Function.values()) {
            if (function.text().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void count() {
        if (++operators > ConditionParser.MAX_OPERATORS) {
            throw invalid("The expression contains too many operators; operator count: "
                    + operators);
        }
    }

    private static RuntimeException invalid(String text) {
        return ExpressionKind.UPDATE.invalid(text);
    }

    /** The parts of an update expression. */
    private enum Section {
        SET, REMOVE, ADD, DELETE;

        @Override
        public String toString() {
            return name().toUpperCase(Locale.ROOT);
        }
    }
}
