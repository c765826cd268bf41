package io.quorate.dynamodb.partiql;

import io.quorate.dynamodb.error.DynamoDbException;
import java.util.List;

/** The tokens of one statement, read forward. One use each. */
final class Tokens {
    /** Longest statement, in characters. Source: API reference, ExecuteStatement. */
    static final int MAX_LENGTH = 8192;

    private final List<Token> tokens;
    private int at;

    Tokens(String text) {
        if (text.length() > MAX_LENGTH) {
            throw malformed("The statement is too long");
        }
        this.tokens = new Lexer(text).tokens();
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean accept(String symbol) {
        boolean found = peek().is(symbol);
        at += found ? 1 : 0;
        return found;
    }

    boolean acceptWord(String word) {
        boolean found = peek().isWord(word);
        at += found ? 1 : 0;
        return found;
    }

    void expect(String symbol) {
        if (!accept(symbol)) {
            throw unexpected();
        }
    }

    void expectWord(String word) {
        if (!acceptWord(word)) {
            throw unexpected();
        }
    }

    /** A name, quoted or not. */
    String name() {
        if (!peek().isName() || peek().text().isEmpty()) {
            throw unexpected();
        }
        return next().text();
    }

    /** The token just looked at does not belong there. */
    DynamoDbException unexpected() {
        return malformed(switch (peek().type()) {
            case END -> "Unexpected end of statement";
            case WORD -> "Unexpected keyword";
            case QUOTED, TEXT, NUMBER, SYMBOL -> "Unexpected token";
        });
    }

    static DynamoDbException malformed(String detail) {
        return DynamoDbException
                .validation("Statement wasn't well formed, can't be processed: " + detail);
    }
}
