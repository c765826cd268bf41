package io.quorate.dynamodb.model;

/** StreamViewType, by the protocol's names: which images of an item a stream's records carry. */
public enum StreamView {
    NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES, KEYS_ONLY;

    /** Whether records carry the item as it was. */
    public boolean hasOld() {
        return this == OLD_IMAGE || this == NEW_AND_OLD_IMAGES;
    }

    /** Whether records carry the item as it is after the change. */
    public boolean hasNew() {
        return this == NEW_IMAGE || this == NEW_AND_OLD_IMAGES;
    }
}
