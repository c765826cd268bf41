package io.quorate.dynamodb.expression;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The tokens of one expression and what all parsers do with them. One use each. */
final class Tokens {
    /** Most elements of a document path: the attribute and 31 levels below it. */
    private static final int MAX_PATH = 32;
    private static final long MAX_INDEX = Integer.MAX_VALUE;

    private final ExpressionKind kind;
    private final String text;
    private final List<Token> tokens;
    private int at;

    Tokens(ExpressionKind kind, String text) {
        if (text.isBlank()) {
            throw kind.invalid("The expression can not be empty;");
        }
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > ExpressionKind.MAX_LENGTH) {
            throw kind.invalid("Expression size has exceeded the maximum allowed size;"
                    + " expression size: " + length);
        }
        this.kind = kind;
        this.text = text;
        this.tokens = new Lexer(kind, text).tokens();
    }

    ExpressionKind kind() {
        return kind;
    }

    int position() {
        return at;
    }

    void reset(int position) {
        at = position;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.type() != Token.Type.END) {
            at++;
        }
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
            throw syntaxError();
        }
    }

    void expectWord(String word) {
        if (!acceptWord(word)) {
            throw syntaxError();
        }
    }

    void expectEnd() {
        if (peek().type() != Token.Type.END) {
            throw syntaxError();
        }
    }

    /** The token just looked at does not belong there. */
    RuntimeException syntaxError() {
        Token token = tokens.get(at);
        int from = at == 0 ? token.from() : tokens.get(at - 1).from();
        int to = at + 1 < tokens.size() ? tokens.get(at + 1).to() : text.length();
        return kind.invalid("Syntax error; token: \"" + token.text() + "\", near: \""
                + text.substring(from, Math.max(to, token.to())) + "\"");
    }

    /** Reads a document path. */
    DocumentPath path() {
        List<DocumentPath.Step> steps = new ArrayList<>();
        steps.add(name());
        while (true) {
            if (accept(".")) {
                steps.add(name());
            } else if (accept("[")) {
                steps.add(index());
                expect("]");
            } else {
                break;
            }
        }
        if (steps.size() > MAX_PATH) {
            throw kind.invalid("The document path has too many nesting elements; nesting levels: "
                    + steps.size());
        }
        return new DocumentPath(steps);
    }

    private DocumentPath.Step name() {
        Token token = peek();
        if (token.type() != Token.Type.WORD && token.type() != Token.Type.NAME) {
            throw syntaxError();
        }
        at++;
        return new DocumentPath.Name(token.text());
    }

    private DocumentPath.Step index() {
        Token token = peek();
        if (token.type() != Token.Type.NUMBER) {
            throw syntaxError();
        }
        at++;
        if (token.text().length() > 10 || Long.parseLong(token.text()) > MAX_INDEX) {
            throw kind.invalid("List index is not within the allowable range; index: ["
                    + token.text() + "]");
        }
        return new DocumentPath.Index(Integer.parseInt(token.text()));
    }
}
