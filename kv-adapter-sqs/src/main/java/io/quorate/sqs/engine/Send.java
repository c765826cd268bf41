package io.quorate.sqs.engine;

import io.quorate.kv.LeaderHandler.Decision;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.engine.SendCall.Answer;
import io.quorate.sqs.engine.SendCall.Arrival;
import io.quorate.sqs.engine.SendCall.Message;
import io.quorate.sqs.engine.SendCall.Result;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.MessageState;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueSettings;
import io.quorate.sqs.row.QueueRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One send at one moment. Not thread-safe. */
final class Send {
    /** How long a deduplication id is remembered. Source: SendMessage, "MessageDeduplicationId". */
    static final long DEDUPLICATION_MILLIS = 300_000;
    /** The scope of ids that are compared in the whole queue; no message group is named so. */
    private static final String WHOLE_QUEUE = "\u0001queue";
    /** The scope of messages that come from other queues. */
    private static final String ARRIVALS = "\u0001arrived";
    private static final long MILLIS = 1_000;

    private final Turn turn;
    private final QueueSettings settings;
    private final boolean fifo;
    private final Map<List<String>, Result.Sent> sentByThisCall = new HashMap<>();

    Send(Turn turn) {
        this.turn = turn;
        this.settings = turn.queue().settings();
        this.fifo = turn.queue().name().isFifo();
    }

    Decision decide(SendCall.Request request) {
        List<Result> results = new ArrayList<>();
        for (Message message : request.messages()) {
            results.add(send(message));
        }
        return turn.decide(new Answer.Results(results).encode());
    }

    private Result send(Message message) {
        if (message.arrival().isPresent()) {
            return once(message, ARRIVALS, message.arrival().get().id());
        }
        int maximum = settings.number(QueueAttribute.MAXIMUM_MESSAGE_SIZE);
        if (message.content().sizeBytes() > maximum) {
            return new Result.TooLong(maximum);
        }
        if (!fifo) {
            return store(message, message.content());
        }
        Optional<String> id = message.content().origin().deduplicationId()
                .or(() -> settings.flag(QueueAttribute.CONTENT_BASED_DEDUPLICATION)
                        ? Optional.of(message.digest())
                        : Optional.empty());
        if (id.isEmpty()) {
            return new Result.NoDeduplicationId();
        }
        String scope = settings.deduplicatesByGroup() ? message.content().lane() : WHOLE_QUEUE;
        return once(message, scope, id.get());
    }

    /** Stores the message unless one was stored under the id not long ago. */
    private Result once(Message message, String scope, String id) {
        List<String> name = List.of(scope, id);
        Result.Sent before = sentByThisCall.get(name);
        if (before != null) {
            return before;
        }
        Optional<Result.Sent> earlier = earlier(scope, id);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        MessageContent content = scope.equals(ARRIVALS)
                ? message.content()
                : message.content().with(message.content().origin().deduplicatedBy(id));
        Result.Sent sent = store(message, content);
        long until = turn.now() + DEDUPLICATION_MILLIS;
        turn.put(turn.keys().duplicate(scope, id), new RowWriter(QueueRows.VERSION).number(until)
                .id(sent.message()).number(sent.sequence()).toValue());
        turn.put(turn.keys().forgetting(until, scope, id), Value.empty());
        sentByThisCall.put(name, sent);
        return sent;
    }

    private Optional<Result.Sent> earlier(String scope, String id) {
        Optional<Versioned> row = turn.view().get(turn.keys().duplicate(scope, id));
        if (row.isEmpty()) {
            return Optional.empty();
        }
        RowReader in = new RowReader(row.get().value(), QueueRows.VERSION);
        return in.longNumber() > turn.now()
                ? Optional.of(new Result.Sent(in.id(), in.longNumber()))
                : Optional.empty();
    }

    private Result.Sent store(Message message, MessageContent content) {
        long delayMillis = MILLIS * message.delaySeconds()
                .orElseGet(() -> message.arrival().isPresent()
                        ? 0
                        : settings.number(QueueAttribute.DELAY_SECONDS));
        MessageState state = new MessageState(
                message.arrival().map(Arrival::sentMillis).orElse(turn.now()),
                delayMillis == 0 ? 0 : turn.now() + delayMillis,
                message.arrival().map(Arrival::receiveCount).orElse(0), 0);
        return new Result.Sent(content.id(), turn.add(state, content));
    }
}
