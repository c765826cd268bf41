package io.quorate.dynamodb.http;

import io.quorate.dynamodb.expression.Expressions;

/** A request to decode. */
final class RequestBody {
    private final byte[] bytes;
    private final String account;
    private final Expressions expressions;
    private final String host;

    /**
     * @param bytes its body, JSON
     * @param account the account whose tables are meant
     * @param expressions parses expressions
     * @param host the host the client called
     */
    RequestBody(byte[] bytes, String account, Expressions expressions, String host) {
        this.bytes = bytes;
        this.account = account;
        this.expressions = expressions;
        this.host = host;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    String host() {
        return host;
    }

    String account() {
        return account;
    }

    Expressions expressions() {
        return expressions;
    }
}
