package io.quorate.sqs.engine;

import io.quorate.kv.Condition;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.keyspace.QueueKeyspace;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceiptHandle;
import io.quorate.sqs.model.ReceivedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes the first visible messages of a queue and moves their places behind the visibility timeout.
 * Messages whose retention has ended are removed on the way. Receives of one queue wait for each
 * other, so that no two of them take the same message and none aborts.
 */
public final class ReceiveMessageCall implements LeaderHandler {
    /** The name it is registered under. */
    public static final String NAME = "sqs.ReceiveMessage";
    /** Most messages of one receive. */
    public static final int MAX_MESSAGES = 10;
    /** Most expired messages that one receive removes besides. */
    private static final int MAX_EXPIRED = 90;
    private static final int QUEUES_OWN_TIMEOUT = -1;
    private static final long MILLIS = 1_000;
    private static final long NEVER = Long.MAX_VALUE;

    /**
     * What to receive.
     *
     * @param queue where from
     * @param maxMessages 1 to {@value #MAX_MESSAGES}
     * @param visibilitySeconds how long they stay invisible; empty for the queue's own timeout
     */
    public record Request(QueueName queue, int maxMessages, Optional<Integer> visibilitySeconds) {
        /** The form the leader gets. */
        public Value encode() {
            return new RowWriter(Rows.VERSION).text(queue.account()).text(queue.name())
                    .number(maxMessages)
                    .number((int) visibilitySeconds.orElse(QUEUES_OWN_TIMEOUT)).toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            return new Request(new QueueName(in.text(), in.text()), in.number(),
                    Optional.of(in.number()).filter(seconds -> seconds != QUEUES_OWN_TIMEOUT));
        }
    }

    /** What was found. */
    public sealed interface Answer {
        /** There is no such queue. */
        record NoSuchQueue() implements Answer {}

        /**
         * Messages, or none.
         *
         * @param messages what was taken
         * @param defaultWaitSeconds the queue's ReceiveMessageWaitTimeSeconds
         * @param millisUntilVisible if there are none, when the next one becomes visible by itself; 0
         *        if only expired ones were seen so far; empty if none will
         */
        record Taken(List<ReceivedMessage> messages, int defaultWaitSeconds,
                Optional<Long> millisUntilVisible) implements Answer {}

        /** Reads the leader's answer. */
        static Answer decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            if (!in.flag()) {
                return new NoSuchQueue();
            }
            int wait = in.number();
            Optional<Long> next = Optional.of(in.longNumber()).filter(millis -> millis != NEVER);
            List<ReceivedMessage> messages = new ArrayList<>();
            for (int left = in.number(); left > 0; left--) {
                messages.add(message(in));
            }
            return new Taken(List.copyOf(messages), wait, next);
        }

        private static ReceivedMessage message(RowReader in) {
            UUID id = in.id();
            var receipt = new ReceiptHandle(in.id(), id, in.longNumber(), in.number());
            long sent = in.longNumber();
            long first = in.longNumber();
            return new ReceivedMessage(id, Rows.content(in), receipt, sent, first);
        }

        /** The form the caller gets. */
        default Value encode() {
            return switch (this) {
                case NoSuchQueue() -> new RowWriter(Rows.VERSION).flag(false).toValue();
                case Taken(var messages, int wait, var next) -> {
                    RowWriter out = new RowWriter(Rows.VERSION).flag(true).number(wait)
                            .number((long) next.orElse(NEVER)).number(messages.size());
                    messages.forEach(message -> pack(out, message));
                    yield out.toValue();
                }
            };
        }

        private static void pack(RowWriter out, ReceivedMessage message) {
            ReceiptHandle receipt = message.receipt();
            out.id(message.id()).id(receipt.queue()).number(receipt.visibleAtMillis())
                    .number(receipt.receiveCount()).number(message.sentMillis())
                    .number(message.firstReceivedMillis());
            Rows.content(out, message.content());
        }
    }

    /** The queue's fence row stands for its head; senders do not take it. */
    @Override
    public List<Key> latches(Value request) {
        return List.of(QueueKeyspace.fence(Request.decode(request).queue()));
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        Request receive = Request.decode(request);
        Optional<Versioned> fence = view.get(QueueKeyspace.fence(receive.queue()));
        return fence.isEmpty()
                ? Decision.answer(new Answer.NoSuchQueue().encode())
                : new Receive(view, receive, Rows.definition(fence.get().value())).decide();
    }

    /** One receive at one moment. */
    private static final class Receive {
        private final LeaderView view;
        private final Request request;
        private final QueueDefinition queue;
        private final int route;
        private final long now;
        private final long visibleAgain;
        private final List<Condition> conditions = new ArrayList<>();
        private final List<Mutation> mutations = new ArrayList<>();
        private final List<ReceivedMessage> taken = new ArrayList<>();

        Receive(LeaderView view, Request request, QueueDefinition queue) {
            this.view = view;
            this.request = request;
            this.queue = queue;
            this.route = QueueKeyspace.route(request.queue());
            this.now = view.nowMillis();
            this.visibleAgain = now + MILLIS * request.visibilitySeconds()
                    .orElse(queue.settings().get(QueueAttribute.VISIBILITY_TIMEOUT));
        }

        Decision decide() {
            var visible = QueueKeyspace.placesBefore(route, queue.id(), now + 1);
            int most = request.maxMessages() + MAX_EXPIRED;
            List<Versioned> rows = view.peek(Scan.ascending(visible, most)).rows();
            for (Versioned row : rows) {
                if (taken.size() == request.maxMessages()) {
                    break;
                }
                visit(row);
            }
            int wait = queue.settings().get(QueueAttribute.RECEIVE_MESSAGE_WAIT_TIME_SECONDS);
            var answer = new Answer.Taken(List.copyOf(taken), wait,
                    taken.isEmpty() ? millisUntilVisible(rows.size() == most) : Optional.empty());
            return new Decision(new Transaction(conditions, mutations), answer.encode());
        }

        private void visit(Versioned row) {
            UUID message = QueueKeyspace.message(row.key());
            Key contentKey = QueueKeyspace.content(route, queue.id(), message);
            Rows.Place place = Rows.Place.decode(row.value());
            if (place.expiresMillis() <= now) {
                leave(row);
                mutations.add(new Mutation.Delete(contentKey));
                return;
            }
            Optional<Versioned> content = view.get(contentKey);
            if (content.isEmpty()) {
                requireDeleted(row.key(), message);
                return;
            }
            leave(row);
            Rows.Place moved = place.received(now);
            mutations.add(new Mutation.Put(
                    QueueKeyspace.place(route, queue.id(), visibleAgain, message),
                    moved.encode()));
            taken.add(new ReceivedMessage(message,
                    Rows.content(new RowReader(content.get().value(), Rows.VERSION)),
                    new ReceiptHandle(queue.id(), message, visibleAgain, moved.receiveCount()),
                    place.sentMillis(), moved.firstReceivedMillis()));
        }

        /** The message leaves its place, if nobody moved or deleted it meanwhile. */
        private void leave(Versioned row) {
            conditions.add(new Condition.VersionIs(row.key(), row.version()));
            mutations.add(new Mutation.Delete(row.key()));
        }

        /** A message deleted between the look at the places and this one has no place either. */
        private void requireDeleted(Key place, UUID message) {
            if (view.get(place).isPresent()) {
                throw new IllegalStateException("no content of message " + message);
            }
        }

        private Optional<Long> millisUntilVisible(boolean more) {
            if (more) {
                return Optional.of(0L);
            }
            var later = QueueKeyspace.placesSince(route, queue.id(), now + 1);
            return view.peek(Scan.ascending(later, 1)).rows().stream().findFirst()
                    .map(row -> QueueKeyspace.visibleAtMillis(row.key()) - now);
        }
    }
}
