package io.quorate.dynamodb.repository;

/** What a put answers of the item that was there. The ordinals travel between nodes. */
public enum PutReturns {
    NOTHING, SIZE, ITEM
}
