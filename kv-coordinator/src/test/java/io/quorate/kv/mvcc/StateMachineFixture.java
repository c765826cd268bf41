package io.quorate.kv.mvcc;

import io.quorate.kv.HybridTimestamp;
import io.quorate.kv.Key;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.clock.AppliedGroupTime;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.EntryAssembler;
import io.quorate.kv.command.EntryCodec;
import io.quorate.kv.command.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Drives a state machine as a Raft group would: entries with consecutive indexes and rising stamps. */
public final class StateMachineFixture {
    public static final long EPOCH_MILLIS = 1_800_000_000_000L;

    public final MvccEngine engine;
    public final MvccStateMachine machine;
    public final AppliedGroupTime time;
    private long index;
    private long stamp = HybridTimestamp.of(EPOCH_MILLIS, 0);

    public StateMachineFixture(MvccEngine engine) {
        this(engine, CommitListener.none());
    }

    public StateMachineFixture(MvccEngine engine, CommitListener listener) {
        this.engine = engine;
        this.index = engine.applied().index();
        this.stamp = Math.max(stamp, engine.applied().lastStamp() + 1);
        this.time = new AppliedGroupTime(() -> EPOCH_MILLIS, () -> 0, engine.applied().lastStamp());
        this.machine = new MvccStateMachine(engine, time, listener);
    }

    /** Applies one entry of these commands. */
    public List<Outcome> apply(Command... commands) {
        return applyAt(index + 1, entry(commands));
    }

    /** Applies one entry of one transaction. */
    public Outcome apply(Transaction transaction) {
        return apply(Command.Commit.of(transaction)).getFirst();
    }

    public List<Outcome> applyAt(long at, byte[] entry) {
        index = Math.max(index, at);
        return machine.apply(at, 1, entry);
    }

    public byte[] entry(Command... commands) {
        byte[] entry = entry(stamp, commands);
        stamp += Math.max(1, commands.length);
        return entry;
    }

    public static byte[] entry(long baseStamp, Command... commands) {
        return EntryAssembler.assemble(baseStamp,
                Arrays.stream(commands).map(EntryCodec::encode).toList());
    }

    /** Lets log time pass. */
    public void advanceMillis(long millis) {
        stamp += millis << 16;
    }

    public long index() {
        return index;
    }

    /** The stamp of the next command. */
    public long nextStamp() {
        return stamp;
    }

    public static Key key(String text) {
        return Key.of(7, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Value value(String text) {
        return Value.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
