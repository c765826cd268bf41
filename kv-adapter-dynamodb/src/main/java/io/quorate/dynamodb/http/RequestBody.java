package io.quorate.dynamodb.http;

import io.quorate.dynamodb.expression.Expressions;

/** A request to decode. */
final class RequestBody {
    private final byte[] bytes;
    private final String account;
    private final Expressions expressions;

    /**
     * @param bytes its body, JSON
     * @param account the account whose tables are meant
     * @param expressions parses expressions
     */
    RequestBody(byte[] bytes, String account, Expressions expressions) {
        this.bytes = bytes;
        this.account = account;
        this.expressions = expressions;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    String account() {
        return account;
    }

    Expressions expressions() {
        return expressions;
    }
}
