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
