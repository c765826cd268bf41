package io.quorate.dynamodb.model;

/**
 * The ten types of an attribute value, by the names the protocol gives them. The tag begins the
 * encoded value; tags are on disk and fixed for ever. A boolean's value is in its tag.
 */
public enum AttributeType {
    S(1), N(2), B(3), BOOL(4), NULL(6), SS(7), NS(8), BS(9), L(10), M(11);

    /** The tag of a true {@link #BOOL}; {@code BOOL.tag()} is false. */
    static final int TRUE_TAG = 5;

    private static final AttributeType[] BY_TAG = byTag();

    private final int tag;

    AttributeType(int tag) {
        this.tag = tag;
    }

    int tag() {
        return tag;
    }

    static AttributeType ofTag(int tag) {
        if (tag < 1 || tag >= BY_TAG.length) {
            throw new IllegalStateException("no attribute type has the tag " + tag);
        }
        return BY_TAG[tag];
    }

    private static AttributeType[] byTag() {
        AttributeType[] types = new AttributeType[12];
        for (AttributeType type : values()) {
            types[type.tag] = type;
        }
        types[TRUE_TAG] = BOOL;
        return types;
    }
}
