package io.quorate.kv.peer;

/** The other node refused to talk to this one; nothing that was asked of it has happened. */
public final class PeerRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public PeerRefusedException(Refusal refusal) {
        super(refusal.reason() + ": " + refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
