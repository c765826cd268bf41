package io.quorate.kv.command;

import io.quorate.kv.Key;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * One row as a command leaves it.
 *
 * @param key the row
 * @param value its new value; null if the row is removed
 * @param previous the row before the command; null if there was none
 */
public record RowChange(Key key, @Nullable Value value, @Nullable Versioned previous) {
    public RowChange {
        if (value == null && previous == null) {
            throw new IllegalArgumentException("nothing changes at " + key);
        }
    }
}
