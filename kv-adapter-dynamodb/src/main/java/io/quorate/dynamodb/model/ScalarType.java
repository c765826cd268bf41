package io.quorate.dynamodb.model;

/** The types a key attribute can have. */
public enum ScalarType {
    S(AttributeType.S), N(AttributeType.N), B(AttributeType.B);

    private final AttributeType type;

    ScalarType(AttributeType type) {
        this.type = type;
    }

    /** The attribute type of the same name. */
    public AttributeType attributeType() {
        return type;
    }
}
