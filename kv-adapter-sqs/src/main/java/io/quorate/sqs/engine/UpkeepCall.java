package io.quorate.sqs.engine;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.keyspace.MessageKeys;
import io.quorate.sqs.keyspace.QueueKeyspace;
import io.quorate.sqs.model.MessageState;
import io.quorate.sqs.model.Place;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.row.MessageRows;
import io.quorate.sqs.row.QueueRows;
import io.quorate.sqs.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does what time has made due at a queue, a bounded piece at a time: messages that have become visible
 * are counted so, those whose retention has ended are removed, what was remembered long enough is
 * forgotten, and what was purged is removed.
 */
public final class UpkeepCall implements LeaderHandler {
    /** The name it is registered under. */
    public static final String NAME = "sqs.Upkeep";
    /** Most rows of one kind that one call removes. */
    private static final int PIECE = 256;
    /** Most lanes whose head one call looks at. */
    private static final int LANES = 64;

    private final Windows windows;

    public UpkeepCall(Windows windows) {
        this.windows = windows;
    }

    /**
     * What to do.
     *
     * @param queue where
     * @param countersOnly whether only messages that have become visible are to be counted
     * @param afterLane the lane behind which to look for expired messages
     */
    public record Request(QueueName queue, boolean countersOnly, Optional<String> afterLane) {
        /** The form the leader gets. */
        public Value encode() {
            return QueueRows.name(new RowWriter(QueueRows.VERSION), queue).flag(countersOnly)
                    .text(afterLane).toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, QueueRows.VERSION);
            return new Request(QueueRows.name(in), in.flag(), in.optionalText());
        }
    }

    /**
     * How far it came.
     *
     * @param exists whether there is such a queue
     * @param more whether to call again
     * @param afterLane the lane behind which the next call goes on
     */
    public record Answer(boolean exists, boolean more, Optional<String> afterLane) {
        /** Reads the leader's answer. */
        public static Answer decode(Value value) {
            RowReader in = new RowReader(value, QueueRows.VERSION);
            return new Answer(in.flag(), in.flag(), in.optionalText());
        }

        Value encode() {
            return new RowWriter(QueueRows.VERSION).flag(exists).flag(more).text(afterLane)
                    .toValue();
        }
    }

    @Override
    public List<Key> latches(Value request) {
        return List.of();
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        Request asked = Request.decode(request);
        if (!asked.countersOnly()) {
            Optional<Decision> cleaned = garbage(view, asked.queue());
            if (cleaned.isPresent()) {
                return cleaned.get();
            }
        }
        Optional<Turn> turn = Turn.at(view, windows, asked.queue());
        if (turn.isEmpty()) {
            return Decision.answer(new Answer(false, false, Optional.empty()).encode());
        }
        // What is promoted here is looked at by the next call: its changes are not in this one's view.
        boolean promoted = promote(turn.get());
        if (asked.countersOnly() || promoted) {
            return turn.get().decide(new Answer(true, promoted, asked.afterLane()).encode());
        }
        boolean more = forget(turn.get());
        Expiry expiry = expire(turn.get(), asked.afterLane());
        return turn.get().decide(new Answer(true, more || expiry.more(),
                expiry.more() ? expiry.afterLane() : Optional.empty()).encode());
    }

    /** Removes a piece of an epoch that was purged or of a queue that was deleted. */
    private static Optional<Decision> garbage(LeaderView view, QueueName queue) {
        Optional<Versioned> epoch = view
                .peek(Scan.ascending(QueueKeyspace.garbage(queue), 1)).rows().stream()
                .findFirst();
        if (epoch.isEmpty()) {
            return Optional.empty();
        }
        List<Mutation> removals = new ArrayList<>();
        for (KeyRange range : QueueKeyspace.garbageOf(queue, epoch.get().key()).everything()) {
            for (Versioned row : view.peek(Scan.ascending(range, PIECE)).rows()) {
                removals.add(new Mutation.Delete(row.key()));
            }
        }
        if (removals.isEmpty()) {
            removals.add(new Mutation.Delete(epoch.get().key()));
        }
        return Optional.of(new Decision(new Transaction(List.of(), removals),
                new Answer(true, true, Optional.empty()).encode()));
    }

    private static boolean promote(Turn turn) {
        ScanPage due = turn.view()
                .peek(Scan.ascending(turn.keys().timers(0, turn.now() + 1), PIECE));
        for (Versioned timer : due.rows()) {
            turn.promote(MessageKeys.timedPlaceOf(timer.key()),
                    MessageKeys.millisOf(timer.key()));
        }
        return !due.rows().isEmpty();
    }

    private static boolean forget(Turn turn) {
        ScanPage due = turn.view()
                .peek(Scan.ascending(turn.keys().forgettingBefore(turn.now() + 1), PIECE));
        for (Versioned row : due.rows()) {
            turn.delete(row.key());
            Key remembered = turn.keys().forgotten(row.key());
            // It may have been remembered anew since.
            turn.view().get(remembered)
                    .filter(found -> new RowReader(found.value(), QueueRows.VERSION)
                            .longNumber() <= turn.now())
                    .ifPresent(found -> turn.delete(remembered));
        }
        return due.more();
    }

    /** How far the search for expired messages came. */
    private record Expiry(boolean more, Optional<String> afterLane) {}

    private static Expiry expire(Turn turn, Optional<String> afterLane) {
        long bound = turn.now() - turn.queue().settings().retentionMillis();
        Optional<String> lane = afterLane;
        int removed = 0;
        for (int looked = 0; looked < LANES; looked++) {
            KeyRange range = lane.map(turn.keys()::placesAfter).orElseGet(turn.keys()::places);
            Optional<Versioned> first = turn.view().peek(Scan.ascending(range, 1)).rows().stream()
                    .findFirst();
            if (first.isEmpty()) {
                return new Expiry(false, Optional.empty());
            }
            String found = MessageKeys.placeOf(first.get().key()).lane();
            removed += expire(turn, found, bound);
            if (removed >= PIECE) {
                return new Expiry(true, lane);
            }
            lane = Optional.of(found);
        }
        return new Expiry(true, lane);
    }

    private static int expire(Turn turn, String lane, long bound) {
        int removed = 0;
        for (Versioned row : turn.view()
                .peek(Scan.ascending(turn.keys().places(lane, 0), PIECE)).rows()) {
            Place place = MessageKeys.placeOf(row.key());
            if (MessageRows.state(row.value()).sentMillis() > bound) {
                return removed;
            }
            Optional<MessageState> state = turn.state(place);
            if (state.isPresent()) {
                turn.remove(place, state.get());
                removed++;
            }
        }
        return removed;
    }
}
