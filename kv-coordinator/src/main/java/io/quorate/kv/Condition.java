package io.quorate.kv;

/**
 * What must hold at the transaction's place in the log for it to apply. Conditions are evaluated
 * again by every replica, so they say nothing that depends on a clock but the entry's own stamp.
 */
public sealed interface Condition {
    /**
     * The row has exactly this version; {@link Versioned#ABSENT} demands that there is none. This is
     * how optimistic reads and fences are validated.
     *
     * @param key the row
     * @param version its version when it was read
     */
    record VersionIs(Key key, long version) implements Condition {
        /** Demands that no row is stored under the key. */
        public static VersionIs absent(Key key) {
            return new VersionIs(key, Versioned.ABSENT);
        }
    }

    /**
     * Some row is stored under the key.
     *
     * @param key the row
     */
    record Exists(Key key) implements Condition {}

    /**
     * The row's value equals these bytes.
     *
     * @param key the row
     * @param value the value demanded
     */
    record ValueIs(Key key, Value value) implements Condition {}

    /**
     * A scan repeated now returns the same keys at the same versions.
     *
     * @param scan the scan as it was made
     * @param fingerprint {@link ScanFingerprint#of} of the page it returned
     */
    record ScanUnchanged(Scan scan, ScanFingerprint fingerprint) implements Condition {}

    /**
     * The entry's stamp lies before this time: how reservations and retry windows end in log time.
     *
     * @param millis milliseconds since the epoch, exclusive
     */
    record CommittedBefore(long millis) implements Condition {}
}
