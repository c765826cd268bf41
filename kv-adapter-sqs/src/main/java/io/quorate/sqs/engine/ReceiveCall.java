package io.quorate.sqs.engine;

import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceivedMessage;
import io.quorate.sqs.row.MessageRows;
import io.quorate.sqs.row.QueueRows;
import io.quorate.sqs.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hands out the next messages of a queue and hides them for the visibility timeout. Messages whose
 * retention has ended are removed on the way; those received too often are told apart, to be moved to
 * the dead-letter queue. Receives of one queue do not wait for each other: the window gives every
 * message to one of them.
 */
public final class ReceiveCall implements LeaderHandler {
    /** The name it is registered under. */
    public static final String NAME = "sqs.Receive";
    /** Most messages of one receive. */
    public static final int MAX_MESSAGES = 10;
    private static final int QUEUES_OWN_TIMEOUT = -1;
    private static final long NEVER = Long.MAX_VALUE;

    private final Windows windows;

    public ReceiveCall(Windows windows) {
        this.windows = windows;
    }

    /**
     * What to receive.
     *
     * @param queue where from
     * @param maxMessages 1 to {@value #MAX_MESSAGES}
     * @param visibilitySeconds how long they stay invisible; empty for the queue's own timeout
     * @param attempt the ReceiveRequestAttemptId, FIFO queues only
     */
    public record Request(QueueName queue, int maxMessages, Optional<Integer> visibilitySeconds,
            Optional<String> attempt) {
        /** The form the leader gets. */
        public Value encode() {
            return QueueRows.name(new RowWriter(QueueRows.VERSION), queue).number(maxMessages)
                    .number((int) visibilitySeconds.orElse(QUEUES_OWN_TIMEOUT)).text(attempt)
                    .toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, QueueRows.VERSION);
            return new Request(QueueRows.name(in), in.number(),
                    Optional.of(in.number()).filter(seconds -> seconds != QUEUES_OWN_TIMEOUT),
                    in.optionalText());
        }
    }

    /** What was found. */
    public sealed interface Answer {
        /** There is no such queue. */
        record NoSuchQueue() implements Answer {}

        /** Too many messages are in flight. */
        record OverLimit() implements Answer {}

        /**
         * Messages, or none.
         *
         * @param queue the queue
         * @param messages what was taken
         * @param dead what is to be moved to the dead-letter queue; receipts of their last receive
         * @param millisUntilVisible if there are none, when the next one becomes visible by itself; 0
         *        if the end of the search was not reached; empty if none will
         */
        record Taken(QueueDefinition queue, List<ReceivedMessage> messages,
                List<ReceivedMessage> dead, Optional<Long> millisUntilVisible)
                implements
                    Answer {
            public Taken {
                messages = List.copyOf(messages);
                dead = List.copyOf(dead);
            }
        }

        /** Reads the leader's answer. */
        static Answer decode(Value value) {
            RowReader in = new RowReader(value, QueueRows.VERSION);
            int kind = in.octet();
            return switch (kind) {
                case 0 -> new NoSuchQueue();
                case 1 -> new OverLimit();
                case 2 -> {
                    QueueDefinition queue = QueueRows.definition(Value.of(in.bytes()));
                    Optional<Long> next = Optional.of(in.longNumber())
                            .filter(millis -> millis != NEVER);
                    yield new Taken(queue, messages(in), messages(in), next);
                }
                default -> throw new IllegalStateException("answer of kind " + kind);
            };
        }

        private static List<ReceivedMessage> messages(RowReader in) {
            List<ReceivedMessage> messages = new ArrayList<>();
            for (int left = in.number(); left > 0; left--) {
                messages.add(MessageRows.message(in));
            }
            return messages;
        }

        /** The form the caller gets. */
        default Value encode() {
            RowWriter out = new RowWriter(QueueRows.VERSION);
            return switch (this) {
                case NoSuchQueue() -> out.octet(0).toValue();
                case OverLimit() -> out.octet(1).toValue();
                case Taken(var queue, var messages, var dead, var next) -> {
                    out.octet(2).bytes(QueueRows.encode(queue).shared())
                            .number((long) next.orElse(NEVER)).number(messages.size());
                    messages.forEach(message -> MessageRows.write(out, message));
                    out.number(dead.size());
                    dead.forEach(message -> MessageRows.write(out, message));
                    yield out.toValue();
                }
            };
        }
    }

    /** None: the window keeps receives apart, and what they take is validated. */
    @Override
    public List<Key> latches(Value request) {
        return List.of();
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        Request asked = Request.decode(request);
        return Turn.at(view, windows, asked.queue())
                .map(turn -> new Receive(turn, asked).decide())
                .orElseGet(() -> Decision.answer(new Answer.NoSuchQueue().encode()));
    }
}
