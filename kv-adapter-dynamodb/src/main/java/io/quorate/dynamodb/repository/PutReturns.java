package io.quorate.dynamodb.repository;

/** What a put answers of the item that was there. The codes travel between nodes. */
public enum PutReturns {
    NOTHING(0), SIZE(1), ITEM(2);

    private final int code;

    PutReturns(int code) {
        this.code = code;
    }

    byte code() {
        return (byte) code;
    }

    static PutReturns ofCode(int code) {
        for (PutReturns returns : values()) {
            if (returns.code == code) {
                return returns;
            }
        }
        throw new IllegalStateException("no put returns what code " + code + " says");
    }
}
