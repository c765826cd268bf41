package io.quorate.dynamodb.repository;

/**
 * The definition a request was made from is no longer that of a table: it was deleted, replaced or
 * changed. Nothing was changed; the request is made again from the current definition.
 */
final class StaleTableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleTableException() {
        super("stale table definition", null, false, false);
    }
}
