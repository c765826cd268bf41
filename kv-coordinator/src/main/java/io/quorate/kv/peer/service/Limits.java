package io.quorate.kv.peer.service;

import io.quorate.kv.Scan;
import io.quorate.kv.Value;
import java.time.Duration;

/** The bounds of the service, as its contract names them. */
final class Limits {
    /** Longest name of a space, in characters. */
    static final int SPACE_LENGTH = 128;
    /** Longest key, in bytes: stored with every zero byte doubled it still is a valid key. */
    static final int KEY_BYTES = 3_072;
    /** Longest bound of a range: the key after the longest one. */
    static final int BOUND_BYTES = KEY_BYTES + 1;
    /** Longest value, in bytes. */
    static final int VALUE_BYTES = Value.MAX_LENGTH;
    /** Longest request id, in bytes. */
    static final int REQUEST_ID_BYTES = 128;
    /** Longest transaction, in bytes. */
    static final int TXN_BYTES = 3 * 1024 * 1024;
    /** Most comparisons, and most operations of one list. */
    static final int TXN_PARTS = 128;
    /** Most rows of a page or of one removal. */
    static final int ROWS = Scan.MAX_LIMIT;
    /** Rows of a page whose request names no number. */
    static final int DEFAULT_ROWS = 1_000;
    /** Most bytes of keys and values that are answered: clients accept messages of 4 MiB. */
    static final int ANSWER_BYTES = 3 * 1024 * 1024;
    /** Most bytes of rows that one removal takes. */
    static final int REMOVED_BYTES = Scan.MAX_BYTES;
    /** Longest answer of a request with an id: longer ones are not kept to be repeated. */
    static final int KEPT_ANSWER_BYTES = 32 * 1024;
    /** The deadline of a call that names none. */
    static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);
    /** The longest deadline of a call. */
    static final Duration MAX_DEADLINE = Duration.ofSeconds(60);

    private Limits() {}
}
