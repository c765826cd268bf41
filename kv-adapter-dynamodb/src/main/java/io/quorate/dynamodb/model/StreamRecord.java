package io.quorate.dynamodb.model;

import org.jspecify.annotations.Nullable;

/**
 * One change of one item.
 *
 * @param change what it was
 * @param atMillis when, in milliseconds since the epoch; never less than in the records before it
 * @param expired whether the item's time to live was over and nobody deleted it
 * @param images the item
 */
public record StreamRecord(Change change, long atMillis, boolean expired, Images images) {
    /** What happened to the item, by the protocol's names, which are stored. */
    public enum Change {
        INSERT, MODIFY, REMOVE
    }

    /**
     * What is told of the item.
     *
     * @param keys the attributes of its key
     * @param before the item as it was, if the stream carries it
     * @param after the item as it is, if the stream carries it
     */
    public record Images(Item keys, @Nullable Item before, @Nullable Item after) {
        /** The size of everything, in DynamoDB's count. */
        public int sizeBytes() {
            return keys.sizeBytes() + (before == null ? 0 : before.sizeBytes())
                    + (after == null ? 0 : after.sizeBytes());
        }
    }
}
