package io.quorate.s3.model;

/** Whether a bucket keeps the versions of its objects. Source: S3 user guide, "Using versioning". */
public enum Versioning {
    /** It never did: an object has one version, which is replaced. */
    NEVER(0),
    /** Every write makes a version of its own. */
    ENABLED(1),
    /** Versions that are there stay; a write replaces the null version. */
    SUSPENDED(2);

    private final int code;

    Versioning(int code) {
        this.code = code;
    }

    /** Its number in rows. */
    public int code() {
        return code;
    }

    /**
     * The state of that number.
     *
     * @throws IllegalStateException if there is none
     */
    public static Versioning of(int code) {
        for (Versioning state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalStateException("a versioning of number " + code);
    }
}
