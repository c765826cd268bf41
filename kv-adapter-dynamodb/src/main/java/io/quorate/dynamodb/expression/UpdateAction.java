package io.quorate.dynamodb.expression;

/** One change of an update expression. */
public sealed interface UpdateAction {
    /** What it changes. */
    DocumentPath path();

    /** SET path = value. */
    record Assign(DocumentPath path, SetValue value) implements UpdateAction {
        @Override
        public String toString() {
            return path + " = " + value;
        }
    }

    /** REMOVE path. */
    record Remove(DocumentPath path) implements UpdateAction {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** ADD path :value. */
    record Add(DocumentPath path, String placeholder) implements UpdateAction {
        @Override
        public String toString() {
            return path + " " + placeholder;
        }
    }

    /** DELETE path :value. */
    record Subtract(DocumentPath path, String placeholder) implements UpdateAction {
        @Override
        public String toString() {
            return path + " " + placeholder;
        }
    }
}
