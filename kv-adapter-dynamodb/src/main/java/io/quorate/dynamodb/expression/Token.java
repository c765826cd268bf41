package io.quorate.dynamodb.expression;

/**
 * A piece of an expression.
 *
 * @param type what it is
 * @param text as written; "&lt;EOF&gt;" at the end
 * @param from where it begins
 * @param to where it ends
 */
record Token(Type type, String text, int from, int to) {
    /** What a token can be. */
    enum Type {
        WORD, NAME, VALUE, NUMBER, SYMBOL, END
    }

    boolean is(String symbol) {
        return type == Type.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return type == Type.WORD && text.equalsIgnoreCase(word);
    }
}
