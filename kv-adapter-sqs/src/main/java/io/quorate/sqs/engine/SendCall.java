package io.quorate.sqs.engine;

import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.keyspace.QueueKeyspace;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.row.MessageRows;
import io.quorate.sqs.row.QueueRows;
import io.quorate.sqs.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts up to ten messages into a queue, in their order, in one transaction. Sends to one message group
 * of a FIFO queue wait for each other, so that its order is that of the answers.
 */
public final class SendCall implements LeaderHandler {
    /** The name it is registered under. */
    public static final String NAME = "sqs.Send";
    private static final int QUEUES_OWN_DELAY = -1;

    private final Windows windows;

    public SendCall(Windows windows) {
        this.windows = windows;
    }

    /**
     * What to send.
     *
     * @param queue where
     * @param messages what, at most ten
     */
    public record Request(QueueName queue, List<Message> messages) {
        public Request {
            messages = List.copyOf(messages);
        }

        /** The form the leader gets. */
        public Value encode() {
            RowWriter out = QueueRows.name(new RowWriter(QueueRows.VERSION), queue)
                    .number(messages.size());
            for (Message message : messages) {
                MessageRows.write(out, message.content())
                        .number((int) message.delaySeconds().orElse(QUEUES_OWN_DELAY))
                        .text(message.digest()).flag(message.arrival().isPresent());
                message.arrival().ifPresent(arrival -> out.text(arrival.id())
                        .number(arrival.sentMillis()).number(arrival.receiveCount()));
            }
            return out.toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, QueueRows.VERSION);
            QueueName queue = QueueRows.name(in);
            List<Message> messages = new ArrayList<>();
            for (int left = in.number(); left > 0; left--) {
                MessageContent content = MessageRows.content(in);
                Optional<Integer> delay = Optional.of(in.number())
                        .filter(seconds -> seconds != QUEUES_OWN_DELAY);
                messages.add(new Message(content, delay, in.text(), in.flag()
                        ? Optional.of(new Arrival(in.text(), in.longNumber(), in.number()))
                        : Optional.empty()));
            }
            return new Request(queue, messages);
        }
    }

    /**
     * One message.
     *
     * @param content what it says; its deduplication id, if the sender gave one
     * @param delaySeconds how long it stays invisible; empty for the queue's own delay
     * @param digest what the queue may deduplicate by, if the sender gave no id
     * @param arrival how it was in the queue it comes from, if it does
     */
    public record Message(MessageContent content, Optional<Integer> delaySeconds, String digest,
            Optional<Arrival> arrival) {}

    /**
     * A message that comes from another queue, once.
     *
     * @param id names its stay there
     * @param sentMillis when it was sent
     * @param receiveCount how often it was received
     */
    public record Arrival(String id, long sentMillis, int receiveCount) {}

    /** What became of it. */
    public sealed interface Answer {
        /** There is no such queue. */
        record NoSuchQueue() implements Answer {}

        /**
         * Each message's result, in order.
         *
         * @param results as many as messages
         */
        record Results(List<Result> results) implements Answer {
            public Results {
                results = List.copyOf(results);
            }
        }

        /** Reads the leader's answer. */
        static Answer decode(Value value) {
            RowReader in = new RowReader(value, QueueRows.VERSION);
            if (!in.flag()) {
                return new NoSuchQueue();
            }
            List<Result> results = new ArrayList<>();
            for (int left = in.number(); left > 0; left--) {
                results.add(Result.read(in));
            }
            return new Results(results);
        }

        /** The form the caller gets. */
        default Value encode() {
            RowWriter out = new RowWriter(QueueRows.VERSION);
            return switch (this) {
                case NoSuchQueue() -> out.flag(false).toValue();
                case Results(var results) -> {
                    out.flag(true).number(results.size());
                    results.forEach(result -> result.write(out));
                    yield out.toValue();
                }
            };
        }
    }

    /** What became of one message. */
    public sealed interface Result {
        /**
         * It is stored, or was stored before under the same deduplication id.
         *
         * @param message its id
         * @param sequence its sequence number
         */
        record Sent(UUID message, long sequence) implements Result {}

        /** The queue takes messages of at most this many bytes. */
        record TooLong(int maximumBytes) implements Result {}

        /** The queue does not deduplicate by content, and the sender gave no id. */
        record NoDeduplicationId() implements Result {}

        private static Result read(RowReader in) {
            int kind = in.octet();
            return switch (kind) {
                case 0 -> new Sent(in.id(), in.longNumber());
                case 1 -> new TooLong(in.number());
                case 2 -> new NoDeduplicationId();
                default -> throw new IllegalStateException("result of kind " + kind);
            };
        }

        private void write(RowWriter out) {
            switch (this) {
                case Sent(UUID message, long sequence) -> out.octet(0).id(message)
                        .number(sequence);
                case TooLong(int maximumBytes) -> out.octet(1).number(maximumBytes);
                case NoDeduplicationId() -> out.octet(2);
            }
        }
    }

    /** Those of the message groups of a FIFO queue; messages of a standard queue do not contend. */
    @Override
    public List<Key> latches(Value request) {
        Request send = Request.decode(request);
        if (!send.queue().isFifo()) {
            return List.of();
        }
        return send.messages().stream().map(message -> message.content().lane()).distinct()
                .map(lane -> QueueKeyspace.groupLatch(send.queue(), lane)).toList();
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        Request asked = Request.decode(request);
        return Turn.at(view, windows, asked.queue()).map(turn -> new Send(turn).decide(asked))
                .orElseGet(() -> Decision.answer(new Answer.NoSuchQueue().encode()));
    }
}
