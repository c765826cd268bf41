package io.quorate.sqs.engine;

import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.keyspace.QueueKeyspace;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.QueueName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Puts one message into a queue: its content, and its place at the end of its delay. */
public final class SendMessageCall implements LeaderHandler {
    /** The name it is registered under. */
    public static final String NAME = "sqs.SendMessage";
    private static final int QUEUES_OWN_DELAY = -1;
    private static final long MILLIS = 1_000;

    /**
     * What to send.
     *
     * @param queue where
     * @param message the message's id
     * @param delaySeconds how long it stays invisible; empty for the queue's own delay
     * @param content what it says
     */
    public record Request(QueueName queue, UUID message, Optional<Integer> delaySeconds,
            MessageContent content) {
        /** The form the leader gets. */
        public Value encode() {
            RowWriter out = new RowWriter(Rows.VERSION).text(queue.account()).text(queue.name())
                    .id(message)
                    .number((int) delaySeconds.orElse(QUEUES_OWN_DELAY));
            return Rows.content(out, content).toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            QueueName queue = new QueueName(in.text(), in.text());
            UUID message = in.id();
            Optional<Integer> delay = Optional.of(in.number())
                    .filter(seconds -> seconds != QUEUES_OWN_DELAY);
            return new Request(queue, message, delay, Rows.content(in));
        }
    }

    /** What became of it. */
    public sealed interface Answer {
        /** It is stored under this id, which a repeated request is told again. */
        record Sent(UUID message) implements Answer {}

        /** There is no such queue. */
        record NoSuchQueue() implements Answer {}

        /** The queue takes messages of at most this many bytes. */
        record TooLong(int maximumBytes) implements Answer {}

        /** Reads the leader's answer. */
        static Answer decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            int kind = in.octet();
            return switch (kind) {
                case 0 -> new Sent(in.id());
                case 1 -> new NoSuchQueue();
                case 2 -> new TooLong(in.number());
                default -> throw new IllegalStateException("answer of kind " + kind);
            };
        }

        /** The form the caller gets. */
        default Value encode() {
            RowWriter out = new RowWriter(Rows.VERSION);
            return switch (this) {
                case Sent(UUID message) -> out.octet(0).id(message).toValue();
                case NoSuchQueue() -> out.octet(1).toValue();
                case TooLong(int maximumBytes) -> out.octet(2).number(maximumBytes).toValue();
            };
        }
    }

    /** None: messages do not contend, and the fence is validated at commit. */
    @Override
    public List<Key> latches(Value request) {
        return List.of();
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        Request send = Request.decode(request);
        Optional<Versioned> fence = view.get(QueueKeyspace.fence(send.queue()));
        if (fence.isEmpty()) {
            return Decision.answer(new Answer.NoSuchQueue().encode());
        }
        QueueDefinition queue = Rows.definition(fence.get().value());
        int maximum = queue.settings().get(QueueAttribute.MAXIMUM_MESSAGE_SIZE);
        if (send.content().sizeBytes() > maximum) {
            return Decision.answer(new Answer.TooLong(maximum).encode());
        }
        return new Decision(store(queue, send, view.nowMillis()),
                new Answer.Sent(send.message()).encode());
    }

    private static Transaction store(QueueDefinition queue, Request send, long now) {
        int route = QueueKeyspace.route(send.queue());
        int delay = send.delaySeconds()
                .orElse(queue.settings().get(QueueAttribute.DELAY_SECONDS));
        long retention = queue.settings().get(QueueAttribute.MESSAGE_RETENTION_PERIOD) * MILLIS;
        var place = new Rows.Place(now, now + retention, 0, 0);
        return Transaction.of(
                new Mutation.Put(QueueKeyspace.content(route, queue.id(), send.message()),
                        Rows.content(new RowWriter(Rows.VERSION), send.content()).toValue()),
                new Mutation.Put(QueueKeyspace.place(route, queue.id(), now + delay * MILLIS,
                        send.message()), place.encode()));
    }
}
