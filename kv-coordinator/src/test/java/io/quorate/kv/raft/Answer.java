package io.quorate.kv.raft;

import io.quorate.kv.raft.RaftGroup.ProposalCallback;
import java.util.Optional;

/** What became of one proposal; remembers if it was told twice. */
public final class Answer implements ProposalCallback {
    private final String text;
    private Optional<RaftFailure> failure = Optional.empty();
    private long index;
    private Object applied = "";
    private int answers;

    /** For a proposal of this text. */
    public Answer(String text) {
        this.text = text;
    }

    @Override
    public void committed(long at, Object result) {
        answers++;
        index = at;
        applied = result;
    }

    @Override
    public void failed(RaftFailure why) {
        answers++;
        failure = Optional.of(why);
    }

    /** The proposal. */
    public String text() {
        return text;
    }

    /** How often an answer came; more than once is a defect. */
    public int answers() {
        return answers;
    }

    /** Whether an answer came. */
    public boolean isAnswered() {
        return answers > 0;
    }

    /** Whether it was said to be committed. */
    public boolean isCommitted() {
        return answers > 0 && failure.isEmpty();
    }

    /** Whether it was said never to be in the log. */
    public boolean isRefused() {
        return failure.isPresent() && !(failure.get() instanceof RaftFailure.OutcomeUnknown);
    }

    /** Why it failed. */
    public Optional<RaftFailure> failure() {
        return failure;
    }

    /** Where it was applied. */
    public long index() {
        return index;
    }

    /** What the state machine gave back. */
    public Object applied() {
        return applied;
    }
}
