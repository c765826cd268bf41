package io.quorate.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses conditions by recursive descent: OR binds least, then AND, then NOT. One use each. Source:
 * developer guide, "Condition and filter expressions, operators, and functions".
 */
final class ConditionParser {
    /** Most operators and functions, and so the deepest recursion. */
    static final int MAX_OPERATORS = 300;
    /** Most operands of IN. */
    static final int MAX_IN = 100;

    private final Tokens tokens;
    private int operators;
    private int depth;
    private int lastGroupEnd = -1;
    private int lastGroupStart = -1;

    ConditionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    static Condition parse(ExpressionKind kind, String text) {
        Tokens tokens = new Tokens(kind, text);
        Condition condition = new ConditionParser(tokens).or();
        tokens.expectEnd();
        return condition;
    }

    private Condition or() {
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
        if (tokens.peek().isWord("NOT") && !tokens.peekSecond().is("=")) {
            tokens.next();
            count();
            return new Condition.Not(not());
        }
        return primary();
    }

    private Condition primary() {
        if (tokens.peek().is("(")) {
            int start = tokens.position();
            Condition comparison = parenthesizedOperand();
            if (comparison != null) {
                return comparison;
            }
            tokens.reset(start);
            return group(start);
        }
        Condition.Function function = functionAhead();
        return function != null ? call(function) : comparison(operand());
    }

    /** A comparison whose left operand is in parentheses, or null if it is not that. */
    private @Nullable Condition parenthesizedOperand() {
        int open = 0;
        while (tokens.accept("(")) {
            open++;
        }
        Token first = tokens.peek();
        boolean operand = first.type() == Token.Type.VALUE || first.type() == Token.Type.NAME
                || (first.type() == Token.Type.WORD && (!tokens.peekSecond().is("(")
                        || first.text().equals("size")) && !first.isWord("NOT"));
        if (!operand) {
            return null;
        }
        Operand left = operand();
        if (!tokens.peek().is(")")) {
            return null;
        }
        for (int closed = 0; closed < open; closed++) {
            if (!tokens.accept(")")) {
                return null;
            }
        }
        if (open > 1) {
            throw redundant();
        }
        return comparison(left);
    }

    private Condition group(int start) {
        if (++depth > MAX_OPERATORS) {
            throw tooMany();
        }
        tokens.expect("(");
        Condition inner = or();
        int end = tokens.position();
        tokens.expect(")");
        depth--;
        if (lastGroupStart == start + 1 && lastGroupEnd == end - 1) {
            throw redundant();
        }
        lastGroupStart = start;
        lastGroupEnd = end;
        return inner;
    }

    private Condition.@Nullable Function functionAhead() {
        Token token = tokens.peek();
        if (token.type() != Token.Type.WORD || !tokens.peekSecond().is("(")
                || token.text().equals("size")) {
            return null;
        }
        for (Condition.Function function : Condition.Function.values()) {
            if (function.text().equals(token.text())) {
                return function;
            }
        }
        throw unknown(token.text());
    }

    private Condition call(Condition.Function function) {
        count();
        tokens.next();
        tokens.expect("(");
        List<Operand> operands = operands();
        if (operands.size() != function.operands()) {
            throw wrongCount(function.text(), operands.size());
        }
        return new Condition.Call(function, operands);
    }

    private Condition comparison(Operand left) {
        if (tokens.acceptWord("BETWEEN")) {
            count();
            Operand low = operand();
            tokens.expectWord("AND");
            return new Condition.Between(left, low, operand());
        }
        if (tokens.acceptWord("IN")) {
            count();
            tokens.expect("(");
            List<Operand> options = operands();
            if (options.size() > MAX_IN) {
                throw wrongCount("IN", options.size());
            }
            return new Condition.In(left, options);
        }
        for (Condition.Comparator comparator : Condition.Comparator.values()) {
            if (tokens.accept(comparator.symbol())) {
                count();
                return new Condition.Comparison(comparator, left, operand());
            }
        }
        if (left instanceof Operand.SizeOf && endsCondition(tokens.peek())) {
            throw misused("size");
        }
        throw tokens.syntaxError();
    }

    private static boolean endsCondition(Token token) {
        return token.type() == Token.Type.END || token.is(")") || token.isWord("AND")
                || token.isWord("OR");
    }

    /** Operands up to the closing parenthesis. */
    private List<Operand> operands() {
        List<Operand> operands = new ArrayList<>();
        do {
            operands.add(operand());
        } while (tokens.accept(","));
        tokens.expect(")");
        return operands;
    }

    private Operand operand() {
        Token token = tokens.peek();
        if (token.is("(")) {
            return inParentheses();
        }
        if (token.type() == Token.Type.VALUE) {
            tokens.next();
            return new Operand.Given(token.text());
        }
        if (token.type() == Token.Type.WORD && tokens.peekSecond().is("(")) {
            return size();
        }
        return new Operand.At(tokens.path());
    }

    private Operand inParentheses() {
        if (++depth > MAX_OPERATORS) {
            throw tooMany();
        }
        tokens.expect("(");
        if (tokens.peek().is("(")) {
            throw redundant();
        }
        Operand inner = operand();
        tokens.expect(")");
        depth--;
        return inner;
    }

    private Operand size() {
        Token token = tokens.peek();
        if (!token.text().equals("size")) {
            functionAhead();
            throw misused(token.text());
        }
        count();
        if (++depth > MAX_OPERATORS) {
            throw tooMany();
        }
        tokens.next();
        tokens.expect("(");
        List<Operand> operands = operands();
        depth--;
        if (operands.size() != 1) {
            throw wrongCount("size", operands.size());
        }
        if (operands.getFirst() instanceof Operand.SizeOf) {
            throw misused("size");
        }
        return new Operand.SizeOf(operands.getFirst());
    }

    private void count() {
        if (++operators > MAX_OPERATORS) {
            throw tooMany();
        }
    }

    private RuntimeException tooMany() {
        return tokens.kind().invalid("The expression contains too many operators; operator count: "
                + operators);
    }

    private RuntimeException redundant() {
        return tokens.kind().invalid("The expression has redundant parentheses;");
    }

    private RuntimeException unknown(String function) {
        return tokens.kind().invalid("Invalid function name; function: " + function);
    }

    private RuntimeException misused(String function) {
        return tokens.kind().invalid("The function is not allowed to be used this way in an"
                + " expression; function: " + function);
    }

    private RuntimeException wrongCount(String name, int count) {
        return tokens.kind().invalid("Incorrect number of operands for operator or function;"
                + " operator or function: " + name + ", number of operands: " + count);
    }
}
