package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.Item;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.TreeMap;

/** What tells one transaction's content from another's. Pure functions. */
final class TransactionDigest {
    private static final int VERSION = 1;

    private TransactionDigest() {}

    static Value of(TransactWriteItemsRequest request) {
        RowWriter out = new RowWriter(VERSION);
        for (TransactWriteItemsRequest.Action action : request.actions()) {
            out.text(action.action().name()).text(action.table()).bytes(action.item().shared());
            out.text(Optional.ofNullable(action.expressions().condition()));
            out.text(Optional.ofNullable(action.expressions().update()));
            new TreeMap<>(action.expressions().names())
                    .forEach((placeholder, name) -> out.text(placeholder).text(name));
            Item values = action.expressions().values();
            out.bytes(values == null ? new byte[0] : values.shared());
        }
        try {
            return Value.of(
                    MessageDigest.getInstance("SHA-256").digest(out.toValue().shared()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
