package io.quorate.dynamodb.expression;

import java.util.List;
import java.util.stream.Collectors;

/** A syntax tree of a condition, filter or key condition. */
public sealed interface Condition {
    /** A comparison. */
    record Comparison(Comparator comparator, Operand left, Operand right) implements Condition {
        @Override
        public String toString() {
            return left + " " + comparator.symbol() + " " + right;
        }
    }

    /** {@code value BETWEEN low AND high}. */
    record Between(Operand value, Operand low, Operand high) implements Condition {
        @Override
        public String toString() {
            return value + " BETWEEN " + low + " AND " + high;
        }
    }

    /** {@code value IN (options)}. */
    record In(Operand value, List<Operand> options) implements Condition {
        public In {
            options = List.copyOf(options);
        }

        @Override
        public String toString() {
            return value + " IN (" + joined(options) + ")";
        }
    }

    /** A function that answers true or false. */
    record Call(Function function, List<Operand> operands) implements Condition {
        public Call {
            operands = List.copyOf(operands);
        }

        @Override
        public String toString() {
            return function.text() + " (" + joined(operands) + ")";
        }
    }

    /** Both. */
    record And(Condition left, Condition right) implements Condition {
        @Override
        public String toString() {
            return "(" + left + ") AND (" + right + ")";
        }
    }

    /** Either. */
    record Or(Condition left, Condition right) implements Condition {
        @Override
        public String toString() {
            return "(" + left + ") OR (" + right + ")";
        }
    }

    /** Not. */
    record Not(Condition inner) implements Condition {
        @Override
        public String toString() {
            return "NOT (" + inner + ")";
        }
    }

    private static String joined(List<Operand> operands) {
        return operands.stream().map(Operand::toString).collect(Collectors.joining(", "));
    }

    /** Operators of comparisons. */
    enum Comparator {
        EQ("="), NE("<>"), LT("<"), LE("<="), GT(">"), GE(">=");

        private final String symbol;

        Comparator(String symbol) {
            this.symbol = symbol;
        }

        /** As written. */
        public String symbol() {
            return symbol;
        }

        /** Whether it asks for an order, which only texts, numbers and byte strings have. */
        public boolean isOrder() {
            return this != EQ && this != NE;
        }

        /** Whether the result of a comparison satisfies it. */
        public boolean accepts(int compared) {
            return switch (this) {
                case EQ -> compared == 0;
                case NE -> compared != 0;
                case LT -> compared < 0;
                case LE -> compared <= 0;
                case GT -> compared > 0;
                case GE -> compared >= 0;
            };
        }
    }

    /** Functions of conditions. */
    enum Function {
        ATTRIBUTE_EXISTS("attribute_exists", 1), ATTRIBUTE_NOT_EXISTS("attribute_not_exists",
                1), ATTRIBUTE_TYPE("attribute_type", 2), BEGINS_WITH("begins_with", 2), CONTAINS(
                        "contains", 2);

        private final String text;
        private final int operands;

        Function(String text, int operands) {
            this.text = text;
            this.operands = operands;
        }

        /** As written. */
        public String text() {
            return text;
        }

        /** How many operands it takes. */
        public int operands() {
            return operands;
        }
    }
}
