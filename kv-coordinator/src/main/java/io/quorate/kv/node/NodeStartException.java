package io.quorate.kv.node;

/** Carries a {@link NodeStartFailure}; its message is the failure's sentence. */
public final class NodeStartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient NodeStartFailure failure;

    NodeStartException(NodeStartFailure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    /** Why the node did not start. */
    public NodeStartFailure failure() {
        return failure;
    }
}
