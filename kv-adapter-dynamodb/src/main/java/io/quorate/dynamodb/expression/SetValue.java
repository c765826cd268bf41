package io.quorate.dynamodb.expression;

/** What SET assigns. */
public sealed interface SetValue {
    /** What is at a path. */
    record At(DocumentPath path) implements SetValue {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A placeholder of a value. */
    record Given(String placeholder) implements SetValue {
        @Override
        public String toString() {
            return placeholder;
        }
    }

    /** {@code left + right}. */
    record Plus(SetValue left, SetValue right) implements SetValue {
        @Override
        public String toString() {
            return left + " + " + right;
        }
    }

    /** {@code left - right}. */
    record Minus(SetValue left, SetValue right) implements SetValue {
        @Override
        public String toString() {
            return left + " - " + right;
        }
    }

    /** What is at the path, else the other. */
    record IfNotExists(DocumentPath path, SetValue otherwise) implements SetValue {
        @Override
        public String toString() {
            return "if_not_exists(" + path + ", " + otherwise + ")";
        }
    }

    /** One list and then another. */
    record ListAppend(SetValue left, SetValue right) implements SetValue {
        @Override
        public String toString() {
            return "list_append(" + left + ", " + right + ")";
        }
    }
}
