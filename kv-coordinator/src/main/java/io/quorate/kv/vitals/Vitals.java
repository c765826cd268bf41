package io.quorate.kv.vitals;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;

/**
 * What a node says of itself. Fields are only added, at the end: who does not know them does not read them.
 *
 * @param takesWrites whether its disk has room and its log and state work
 * @param wallMillis its wall clock when it answered
 */
public record Vitals(boolean takesWrites, long wallMillis) {
    private static final int VERSION = 1;

    /** The bytes that travel. */
    Value encode() {
        return new RowWriter(VERSION).flag(takesWrites).number(wallMillis).toValue();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws RuntimeException if it is something else
     */
    static Vitals decode(Value value) {
        RowReader in = new RowReader(value, VERSION);
        return new Vitals(in.flag(), in.longNumber());
    }
}
