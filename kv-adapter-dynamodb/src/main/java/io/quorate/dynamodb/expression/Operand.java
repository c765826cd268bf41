package io.quorate.dynamodb.expression;

/** What conditions compare: a path, a value or the size of what is at a path. */
public sealed interface Operand {
    /** A document path. */
    record At(DocumentPath path) implements Operand {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A placeholder of a value, which begins with a colon. */
    record Given(String placeholder) implements Operand {
        @Override
        public String toString() {
            return placeholder;
        }
    }

    /** The function size. */
    record SizeOf(Operand of) implements Operand {
        @Override
        public String toString() {
            return "size (" + of + ")";
        }
    }
}
