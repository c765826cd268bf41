package io.quorate.kv;

/** One change of a {@link Transaction}. Later mutations of one transaction win over earlier ones. */
public sealed interface Mutation {
    /** The route the change belongs to. */
    int route();

    /**
     * Writes a row, whether or not it exists.
     *
     * @param key where
     * @param value what
     */
    record Put(Key key, Value value) implements Mutation {
        public Put {
            if (value.length() > Value.MAX_LENGTH) {
                throw new IllegalArgumentException("value too long: " + value.length());
            }
        }

        @Override
        public int route() {
            return key.route();
        }
    }

    /**
     * Removes a row; nothing happens where there is none.
     *
     * @param key where
     */
    record Delete(Key key) implements Mutation {
        @Override
        public int route() {
            return key.route();
        }
    }

    /**
     * Adds to a counter: a row of one big-endian number of eight bytes. Adding does not depend on what
     * others add, so transactions that count do not contend. A row that is not there, or is of another
     * length, counts as 0; a counter that comes to 0 is removed.
     *
     * @param key the counter
     * @param delta what to add; may be negative
     */
    record Add(Key key, long delta) implements Mutation {
        @Override
        public int route() {
            return key.route();
        }

        /** The number a counter's row holds. */
        public static long numberIn(Value value) {
            return value.length() == Long.BYTES ? value.asReadOnlyBuffer().getLong() : 0;
        }
    }

    /**
     * Removes every row of a range.
     *
     * @param range where
     */
    record DeleteRange(KeyRange range) implements Mutation {
        @Override
        public int route() {
            return range.route();
        }
    }
}
