package io.quorate.dynamodb.partiql;

/**
 * A piece of a statement.
 *
 * @param type what it is
 * @param text a symbol or word as written, a quoted text without its quotes
 */
record Token(Type type, String text) {
    /** What a token can be. */
    enum Type {
        WORD, QUOTED, TEXT, NUMBER, SYMBOL, END
    }

    boolean is(String symbol) {
        return type == Type.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return type == Type.WORD && text.equalsIgnoreCase(word);
    }

    /** Whether it can name something. */
    boolean isName() {
        return type == Type.WORD || type == Type.QUOTED;
    }
}
