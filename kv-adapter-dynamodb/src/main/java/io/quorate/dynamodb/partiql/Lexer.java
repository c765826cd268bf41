package io.quorate.dynamodb.partiql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a statement into tokens. One use each. */
final class Lexer {
    private static final List<String> SYMBOLS = List.of("<<", ">>", "<=", ">=", "<>", "!=", "=",
            "<",
            ">", "(", ")", "[", "]", "{", "}", ",", ".", ":", "*", "+", "-", "?", ";");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Lexer(String text) {
        this.text = text;
    }

    List<Token> tokens() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                next();
            }
        }
        tokens.add(new Token(Token.Type.END, ""));
        return tokens;
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '\'') {
            tokens.add(new Token(Token.Type.TEXT, quoted(c)));
        } else if (c == '"') {
            tokens.add(new Token(Token.Type.QUOTED, quoted(c)));
        } else if (isDigit(c)) {
            tokens.add(new Token(Token.Type.NUMBER, number()));
        } else if (isLetter(c)) {
            int from = at;
            while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
                at++;
            }
            tokens.add(new Token(Token.Type.WORD, text.substring(from, at)));
        } else {
            tokens.add(new Token(Token.Type.SYMBOL, symbol()));
        }
    }

    /** The text between two quotes; a doubled quote is one. */
    private String quoted(char quote) {
        StringBuilder inner = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != quote) {
                inner.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                inner.append(quote);
                at++;
            } else {
                at++;
                return inner.toString();
            }
        }
        throw Tokens.malformed("Unterminated quoted text");
    }

    private String number() {
        int from = at;
        digits();
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            digits();
        }
        return text.substring(from, at);
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private String symbol() {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return symbol;
            }
        }
        throw Tokens.malformed("Unexpected character");
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
