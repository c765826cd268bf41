package io.quorate.sqs.engine;

import io.quorate.kv.Condition;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler.Decision;
import io.quorate.kv.LeaderHandler.Ending;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.keyspace.MessageKeys;
import io.quorate.sqs.keyspace.MessageKeys.Counter;
import io.quorate.sqs.keyspace.QueueKeyspace;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.MessageState;
import io.quorate.sqs.model.Place;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.row.MessageRows;
import io.quorate.sqs.row.QueueRows;
import io.quorate.sqs.row.Tally;
import io.quorate.sqs.window.Change;
import io.quorate.sqs.window.Window;
import io.quorate.sqs.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call's turn at one queue: what it reads, what it changes, and what the window is to be told once
 * that is committed. Keeps state, timer and counters of a message in agreement. One run of one handler;
 * not thread-safe.
 */
final class Turn {
    private final LeaderView view;
    private final QueueDefinition queue;
    private final Windows windows;
    private final Window window;
    private final MessageKeys keys;
    private final long now;
    private final List<Mutation> mutations = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    /** What its mutations rely on without having read it. */
    private final List<Condition> conditions = new ArrayList<>();
    private Tally tally = Tally.nothing();
    private int delayed;

    private Turn(LeaderView view, QueueDefinition queue, Windows windows) {
        this.view = view;
        this.queue = queue;
        this.windows = windows;
        this.window = windows.of(queue, view.term(), view.nowMillis());
        this.keys = MessageKeys.of(queue);
        this.now = view.nowMillis();
    }

    /** The turn at a queue; empty if there is no such queue. */
    static Optional<Turn> at(LeaderView view, Windows windows, QueueName name) {
        return view.get(QueueKeyspace.definition(name)).map(row -> {
            QueueDefinition queue = windows.definition(row);
            return new Turn(view, queue, windows);
        });
    }

    LeaderView view() {
        return view;
    }

    QueueDefinition queue() {
        return queue;
    }

    Window window() {
        return window;
    }

    MessageKeys keys() {
        return keys;
    }

    long now() {
        return now;
    }

    boolean changesNothing() {
        return mutations.isEmpty();
    }

    /** A message's state, validated at commit. */
    Optional<MessageState> state(Place place) {
        return view.get(keys.place(place)).map(row -> MessageRows.state(row.value()));
    }

    /** What a message says; never changes. */
    Optional<MessageContent> content(Place place) {
        return view.peek(keys.content(place)).map(row -> MessageRows.content(row.value()));
    }

    /** How many are in flight, as of the last commit. */
    long inFlight() {
        return tallied().inFlight();
    }

    /** How many can be received, as of the last commit. */
    long visible() {
        Tally now = tallied();
        return now.messages() - now.inFlight() - view.peek(keys.counter(Counter.DELAYED))
                .map(row -> Mutation.Add.numberIn(row.value())).orElse(0L);
    }

    private Tally tallied() {
        return view.peek(keys.counter(Counter.TALLY)).map(row -> Tally.of(row.value()))
                .orElseGet(Tally::nothing);
    }

    /** Puts a new message at the end of its lane; returns its sequence number. */
    long add(MessageState state, MessageContent content) {
        // Nothing is ever stored over a message: who finds the place taken begins anew.
        Place place = new Place(content.lane(), windows.nextSequence(now));
        conditions.add(Condition.VersionIs.absent(keys.place(place)));
        count(1, 0, 0);
        put(keys.content(place), MessageRows.encode(content));
        place(place, state, OptionalLong.empty());
        return place.sequence();
    }

    /** Changes a message's state. */
    void change(Place place, MessageState before, MessageState after) {
        place(place, after, take(place, before));
    }

    /** Removes a message. */
    void remove(Place place, MessageState before) {
        OptionalLong timer = take(place, before);
        count(-1, 0, 0);
        delete(keys.place(place));
        delete(keys.content(place));
        changes.add(new Change(place, timer, new Change.Gone()));
    }

    /** Counts a message as visible whose time has come. */
    void promote(Place place, long timerMillis) {
        Key timer = keys.timer(timerMillis, place);
        view.get(timer).ifPresent(row -> {
            uncount(new RowReader(row.value(), QueueRows.VERSION).flag());
            delete(timer);
            changes.add(new Change(place, OptionalLong.of(timerMillis), new Change.Visible()));
        });
    }

    /** Writes a row that is no message's. */
    void put(Key key, Value value) {
        mutations.add(new Mutation.Put(key, value));
    }

    /** Removes a row that is no message's. */
    void delete(Key key) {
        mutations.add(new Mutation.Delete(key));
    }

    /** Takes the message out of its counter, if it is hidden; returns its timer, if it had one. */
    private OptionalLong take(Place place, MessageState before) {
        if (before.visibleAtMillis() == 0) {
            return OptionalLong.empty();
        }
        Key timer = keys.timer(before.visibleAtMillis(), place);
        if (!before.isVisible(now)) {
            // Its time has not come, so nobody has counted it as visible, unless just now.
            conditions.add(new Condition.Exists(timer));
        } else if (view.get(timer).isEmpty()) {
            return OptionalLong.empty();
        }
        uncount(before.receiveCount() > 0);
        delete(timer);
        return OptionalLong.of(before.visibleAtMillis());
    }

    private void place(Place place, MessageState state, OptionalLong oldTimer) {
        put(keys.place(place), MessageRows.encode(state));
        if (state.isVisible(now)) {
            changes.add(new Change(place, oldTimer, new Change.Visible()));
            return;
        }
        boolean received = state.receiveCount() > 0;
        count(0, received ? 1 : 0, received ? 0 : 1);
        put(keys.timer(state.visibleAtMillis(), place),
                new RowWriter(QueueRows.VERSION).flag(received).toValue());
        changes.add(
                new Change(place, oldTimer, new Change.Hidden(state.visibleAtMillis())));
    }

    private void uncount(boolean received) {
        count(0, received ? -1 : 0, received ? 0 : -1);
    }

    private void count(int messages, int inFlight, int moreDelayed) {
        tally = tally.plus(messages, inFlight);
        delayed += moreDelayed;
    }

    private void add(Counter which, long change) {
        if (change != 0) {
            mutations.add(new Mutation.Add(keys.counter(which), change));
        }
    }

    /** What was decided, of a call that took nothing from the window. */
    Decision decide(Value answer) {
        return decide(answer, Taken.NOTHING);
    }

    /** What was decided; the window hears what becomes of it. */
    Decision decide(Value answer, Taken taken) {
        if (mutations.isEmpty()) {
            taken.backTo(window);
            return Decision.answer(answer);
        }
        add(Counter.TALLY, tally.asChange());
        add(Counter.DELAYED, delayed);
        return new Decision(new Transaction(conditions, mutations), answer, new Ending() {
            @Override
            public void committed(long commitTs) {
                window.committed(changes);
                taken.used(window);
            }

            @Override
            public void discarded() {
                taken.backTo(window);
            }

            @Override
            public void unknown() {
                window.forget();
            }
        });
    }

    /** What a receive took from the window. */
    interface Taken {
        /** Nothing. */
        Taken NOTHING = new Taken() {
            @Override
            public void used(Window window) {
                // Nothing was taken.
            }

            @Override
            public void backTo(Window window) {
                // Nothing was taken.
            }
        };

        /** The transaction is committed and the window has heard of its changes. */
        void used(Window window);

        /** Others can have it. */
        void backTo(Window window);
    }
}
