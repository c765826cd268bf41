package io.quorate.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens. One use each. */
final class Lexer {
    private static final String SYMBOLS = "()[],.+-=<>";

    private final ExpressionKind kind;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Lexer(ExpressionKind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    List<Token> tokens() {
        for (skipBlanks(); at < text.length(); skipBlanks()) {
            next();
        }
        tokens.add(new Token(Token.Type.END, "<EOF>", text.length(), text.length()));
        return tokens;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void next() {
        int from = at;
        char c = text.charAt(at);
        if (c == '#' || c == ':') {
            at++;
            while (at < text.length() && isPart(text.charAt(at))) {
                at++;
            }
            if (at == from + 1) {
                throw unexpected(from);
            }
            add(c == '#' ? Token.Type.NAME : Token.Type.VALUE, from);
        } else if (isStart(c)) {
            while (at < text.length() && isPart(text.charAt(at))) {
                at++;
            }
            add(Token.Type.WORD, from);
        } else if (c >= '0' && c <= '9') {
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            add(Token.Type.NUMBER, from);
        } else if (SYMBOLS.indexOf(c) >= 0) {
            boolean two = (c == '<' && peekIs("=>")) || (c == '>' && peekIs("="));
            at += two ? 2 : 1;
            add(Token.Type.SYMBOL, from);
        } else {
            at++;
            throw unexpected(from);
        }
    }

    private boolean peekIs(String any) {
        return at + 1 < text.length() && any.indexOf(text.charAt(at + 1)) >= 0;
    }

    private void add(Token.Type type, int from) {
        tokens.add(new Token(type, text.substring(from, at), from, at));
    }

    private RuntimeException unexpected(int from) {
        int start = tokens.isEmpty() ? from : tokens.getLast().from();
        int end = Math.min(text.length(), at + 1);
        return kind.invalid("Syntax error; token: \"" + text.substring(from, at) + "\", near: \""
                + text.substring(start, end) + "\"");
    }

    private static boolean isStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isPart(char c) {
        return isStart(c) || (c >= '0' && c <= '9');
    }
}
