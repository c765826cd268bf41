package io.quorate.sqs.engine;

import io.quorate.kv.LeaderHandler.Decision;
import io.quorate.sqs.engine.ReceiveCall.Answer;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.MessageState;
import io.quorate.sqs.model.Place;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.ReceiptHandle;
import io.quorate.sqs.model.ReceivedMessage;
import io.quorate.sqs.window.Step;
import io.quorate.sqs.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One receive at one moment. Not thread-safe. */
final class Receive implements Turn.Taken {
    /** Most messages in flight. Source: SQS quotas; a FIFO queue beyond it answers nothing. */
    static final int MAX_IN_FLIGHT = 120_000;
    /** Most bytes of bodies and attributes handed out at once; one message is always. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;
    /** Most expired messages that one receive removes besides. */
    private static final int MAX_EXPIRED = 90;
    /** Most lanes searched for by one receive while others are known. */
    private static final int MAX_SEARCHES = 4;
    /** Most steps of one receive; the next one goes on. */
    private static final int MAX_STEPS = 512;
    /** How long a message that is to be moved is left alone. */
    private static final long MOVING_MILLIS = 1_000;
    private static final long MILLIS = 1_000;

    private final Turn turn;
    private final ReceiveCall.Request request;
    private final WindowReads reads;
    private final List<ReceivedMessage> messages = new ArrayList<>();
    private final List<ReceivedMessage> dead = new ArrayList<>();
    private final List<Place> taken = new ArrayList<>();
    private final List<TriedGroup> groups = new ArrayList<>();
    private int bytes;
    private int expired;
    private boolean cutShort;

    /** A group that was looked at and of which something was taken. */
    private record TriedGroup(String name, long floor) {}

    Receive(Turn turn, ReceiveCall.Request request) {
        this.turn = turn;
        this.request = request;
        this.reads = new WindowReads(turn);
    }

    Decision decide() {
        if (turn.inFlight() >= MAX_IN_FLIGHT) {
            return full();
        }
        boolean done = false;
        try {
            Attempts attempts = new Attempts(turn, request);
            if (!attempts.repeat(messages)) {
                gather();
                if (found() == 0 && expired == 0 && doubtful()) {
                    gather();
                }
                attempts.remember(messages);
            }
            Decision decision = turn.decide(answer().encode(), this);
            done = true;
            return decision;
        } finally {
            if (!done) {
                backTo(turn.window());
            }
        }
    }

    private Decision full() {
        return Decision.answer((turn.queue().name().isFifo()
                ? new Answer.Taken(turn.queue(), List.of(), List.of(), Optional.empty())
                : new Answer.OverLimit()).encode());
    }

    /** The counters say that there is more than memory knows. */
    private boolean doubtful() {
        Window window = turn.window();
        boolean forgotten = turn.visible() > 0 && window.doubts(turn.now());
        if (forgotten) {
            window.forget();
        }
        return forgotten;
    }

    private Answer answer() {
        Optional<Long> next = Optional.empty();
        if (messages.isEmpty()) {
            OptionalLong visible = turn.window().nextVisible();
            if (cutShort) {
                next = Optional.of(0L);
            } else if (visible.isPresent()) {
                next = Optional.of(Math.max(1, visible.getAsLong() - turn.now()));
            }
        }
        return new Answer.Taken(turn.queue(), messages, dead, next);
    }

    private int found() {
        return messages.size() + dead.size();
    }

    private void gather() {
        reads.passTime();
        int searches = 0;
        for (int steps = 0; found() < request.maxMessages(); steps++) {
            if (steps == MAX_STEPS || expired >= MAX_EXPIRED) {
                cutShort = true;
                return;
            }
            Step step = turn.window().next(searches < MAX_SEARCHES);
            switch (step) {
                case Step.Take(Place place) -> {
                    taken.add(place);
                    consider(place);
                }
                case Step.Try tried -> lookAt(tried);
                case Step.ReadLane read -> reads.read(read);
                case Step.Search search -> {
                    searches++;
                    reads.search(search);
                }
                case Step.Nothing nothing -> {
                    return;
                }
            }
            if (bytes >= MAX_BYTES) {
                return;
            }
        }
    }

    private void consider(Place place) {
        Optional<MessageState> state = turn.state(place);
        if (state.isEmpty() || !state.get().isVisible(turn.now())) {
            taken.remove(place);
            turn.window().dismiss(place);
            return;
        }
        receive(place, state.get());
    }

    /** Receives a visible message, or finds that it has expired or is dead. */
    private void receive(Place place, MessageState state) {
        if (hasExpired(state)) {
            turn.remove(place, state);
            expired++;
            return;
        }
        MessageContent content = turn.content(place)
                .orElseThrow(() -> new IllegalStateException("no content of " + place));
        if (isDead(state)) {
            dead.add(message(place, content, state));
            taken.remove(place);
            turn.window().dismissUntil(place, turn.now() + MOVING_MILLIS);
            return;
        }
        int seconds = request.visibilitySeconds().orElseGet(
                () -> turn.queue().settings().number(QueueAttribute.VISIBILITY_TIMEOUT));
        MessageState received = state.received(turn.now(), turn.now() + seconds * MILLIS);
        turn.change(place, state, received);
        messages.add(message(place, content, received));
        bytes += content.sizeBytes();
    }

    private ReceivedMessage message(Place place, MessageContent content, MessageState state) {
        QueueDefinition queue = turn.queue();
        return new ReceivedMessage(content, new ReceiptHandle(queue.id(), queue.epoch(), place,
                state.receiveCount()), state);
    }

    private boolean hasExpired(MessageState state) {
        return state.sentMillis() + turn.queue().settings().retentionMillis() <= turn.now();
    }

    private boolean isDead(MessageState state) {
        return turn.queue().settings().redrive()
                .filter(policy -> state.receiveCount() >= policy.maxReceiveCount()).isPresent();
    }

    /** Takes the first messages of a group, in order, unless one of them is in flight. */
    private void lookAt(Step.Try step) {
        boolean done = false;
        try {
            FifoHead head = FifoHead.read(turn, step);
            long floor = head.floor();
            if (head.isOpen()) {
                int before = found() + expired;
                takeInOrder(head.visible());
                if (found() + expired > before && dead.isEmpty()) {
                    groups.add(new TriedGroup(step.group(), floor));
                    done = true;
                    return;
                }
            }
            turn.window().tried(step.group(), floor, false);
            done = true;
        } finally {
            if (!done) {
                turn.window().abandoned(step);
            }
        }
    }

    private void takeInOrder(List<Place> visible) {
        for (Place place : visible) {
            if (found() >= request.maxMessages() || bytes >= MAX_BYTES || !dead.isEmpty()) {
                return;
            }
            Optional<MessageState> state = turn.state(place);
            if (state.isPresent()) {
                receive(place, state.get());
            }
        }
    }

    @Override
    public void used(Window window) {
        groups.forEach(group -> window.tried(group.name(), group.floor(), expired > 0));
    }

    @Override
    public void backTo(Window window) {
        taken.forEach(window::putBack);
        groups.forEach(group -> window.tried(group.name(), group.floor(), true));
    }
}
