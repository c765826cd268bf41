package io.quorate.kv.mvcc;

import io.quorate.kv.clock.AppliedGroupTime;
import io.quorate.kv.command.Command;
import io.quorate.kv.command.CommandId;
import io.quorate.kv.command.CommitEvaluator;
import io.quorate.kv.command.Entry;
import io.quorate.kv.command.EntryCodec;
import io.quorate.kv.command.Evaluation;
import io.quorate.kv.command.Outcome;
import io.quorate.kv.command.RetryRecord;
import io.quorate.kv.raft.StateMachine;
import io.quorate.kv.raft.UnusableCheckpointException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Applies entries of {@link Command}s to a multi-version store.
 *
 * <p>Every command of an entry is evaluated against the state after the command before it; all
 * changes of an entry and the applied index are written in one batch, so an entry is applied wholly
 * and once, however often it is replayed. {@link #apply} returns a {@code List<Outcome>}, one for each
 * command, empty for an entry that was applied before. An exception means that the state is not known
 * any more and poisons the group.
 *
 * <p>Called on the group's Raft thread but for {@link #flush} and {@link #checkpoint}.
 */
public final class MvccStateMachine implements StateMachine {
    private final MvccEngine engine;
    private final AppliedGroupTime time;
    private final CommitListener listener;
    private volatile long durable;

    /**
     * Makes the state machine of an opened store.
     *
     * @param time fed with every applied stamp
     * @param listener told of every entry that changed rows
     */
    public MvccStateMachine(MvccEngine engine, AppliedGroupTime time, CommitListener listener) {
        this.engine = engine;
        this.time = time;
        this.listener = listener;
        this.durable = engine.applied().index();
    }

    @Override
    public long durableIndex() {
        return durable;
    }

    @Override
    public List<Outcome> apply(long index, long term, byte[] bytes) {
        AppliedState before = engine.applied();
        if (index <= before.index()) {
            return List.of();
        }
        Entry entry = EntryCodec.decode(bytes);
        // The leader's stamps follow each other; taking the greater one keeps versions unique even if
        // two proposals were appended the other way round, and does so alike on every replica.
        long base = Math.max(entry.baseStamp(), before.lastStamp() + 1);
        long lastStamp = base + (entry.lastStamp() - entry.baseStamp());
        EntryOverlay overlay = new EntryOverlay(engine);
        AppliedState state = before.at(index, term).stamped(lastStamp);
        List<Command> commands = entry.commands();
        Outcome[] outcomes = new Outcome[commands.size()];
        for (int i = 0; i < outcomes.length; i++) {
            long stamp = base + i;
            switch (commands.get(i)) {
                case Command.Commit commit -> outcomes[i] = evaluate(overlay, commit, stamp);
                case Command.AdvanceSafePoint advance -> {
                    state = state.withSafePoint(Math.min(advance.timestamp(), stamp));
                    outcomes[i] = new Outcome.Applied(stamp);
                }
            }
        }
        engine.write(overlay.changes(state));
        time.applied(lastStamp);
        announce(index, overlay.rows());
        return List.of(outcomes);
    }

    @Override
    public void applyEmpty(long index, long term) {
        AppliedState before = engine.applied();
        if (index > before.index()) {
            engine.write(new EntryChanges(List.of(), List.of(), before.at(index, term)));
        }
    }

    @Override
    public long flush() throws IOException {
        long index = engine.flush();
        durable = index;
        return index;
    }

    @Override
    public long checkpoint(Path directory) throws IOException {
        return engine.checkpoint(directory);
    }

    @Override
    public void restore(Path directory) throws IOException {
        try {
            engine.restore(directory);
        } catch (UnreadableStateException unusable) {
            throw new UnusableCheckpointException(unusable);
        }
        AppliedState state = engine.applied();
        durable = state.index();
        if (state.lastStamp() > 0) {
            time.applied(state.lastStamp());
        }
        listener.replaced();
    }

    private static Outcome evaluate(EntryOverlay overlay, Command.Commit commit, long stamp) {
        Evaluation evaluation = CommitEvaluator.evaluate(overlay, commit, stamp);
        overlay.add(evaluation.changes(), stamp);
        if (evaluation.outcome() instanceof Outcome.Applied && commit.id().isPresent()) {
            CommandId id = commit.id().get();
            overlay.keep(new EntryChanges.Retry(CommitEvaluator.retryRoute(commit.transaction()),
                    id.id(), RetryRecord.of(id, commit.answer(), stamp)));
        }
        return evaluation.outcome();
    }

    private void announce(long index, List<EntryChanges.Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        int[] routes = rows.size() == 1
                ? new int[]{rows.getFirst().change().key().route()}
                : rows.stream().mapToInt(row -> row.change().key().route()).sorted().distinct()
                        .toArray();
        listener.committed(index, routes);
    }
}
