package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.PrimaryKey;
import io.quorate.kv.Key;

/**
 * One change of one item, or the check of a condition on it.
 *
 * @param action what to do
 * @param target the table
 * @param address where the item is
 * @param item the item to put; otherwise the attributes of its key
 * @param expressions condition and update
 * @param returning what to answer
 */
public record ItemWrite(Action action, WriteTarget target, ItemAddress address, Item item,
        ItemExpressions expressions, Returning returning) {
    /** What is done to the item. The names travel between nodes. */
    public enum Action {
        PUT, UPDATE, DELETE, CHECK,
        /** Deletes the item because its time to live is over; its stream says so. */
        EXPIRE,
        /** Writes the entries of indexes that are being built; the item stays as it is. */
        REINDEX
    }

    /** ReturnValues, by the protocol's names, which travel between nodes. */
    public enum Values {
        NONE, ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATED_NEW
    }

    /**
     * What to answer.
     *
     * @param values which attributes after success
     * @param oldOnFailure whether to answer the item if the condition does not hold
     * @param sizes whether anybody asks for sizes and index entries
     */
    public record Returning(Values values, boolean oldOnFailure, boolean sizes) {
        /** Nothing. */
        public static final Returning NOTHING = new Returning(Values.NONE, false, false);
    }

    /** The item's key. */
    public PrimaryKey key() {
        return address.key();
    }

    /** The item's row. */
    public Key row() {
        return address.row();
    }

    /** Whether the item that is there now makes no difference. */
    boolean isBlind() {
        return action == Action.PUT && expressions.condition() == null
                && target.indexes().isEmpty() && target.stream() == null
                && returning.values() == Values.NONE
                && !returning.sizes();
    }
}
