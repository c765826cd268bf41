package io.quorate.sqs.engine;

import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.row.MessageRows;
import io.quorate.sqs.row.QueueRows;
import io.quorate.sqs.window.Windows;
import java.util.List;
import java.util.Optional;

/**
 * Puts a message into a queue and removes the row that asks for it, in one transaction: however often
 * it is called, the queue gets the message once. Where there is no such queue, the row goes too.
 */
public final class DeliverCall implements LeaderHandler {
    /** The name it is registered under. */
    public static final String NAME = "sqs.Deliver";

    private final Windows windows;

    public DeliverCall(Windows windows) {
        this.windows = windows;
    }

    /**
     * What to deliver.
     *
     * @param queue where
     * @param row the row that asks for it
     * @param content what it says
     */
    public record Request(QueueName queue, Key row, MessageContent content) {
        /** The form the leader gets. */
        public Value encode() {
            RowWriter out = QueueRows.name(new RowWriter(QueueRows.VERSION), queue)
                    .number(row.route()).bytes(row.shared());
            return MessageRows.write(out, content).toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, QueueRows.VERSION);
            return new Request(QueueRows.name(in), Key.of(in.number(), in.bytes()),
                    MessageRows.content(in));
        }
    }

    /** Deliveries of one row take turns. */
    @Override
    public List<Key> latches(Value request) {
        return List.of(Request.decode(request).row());
    }

    @Override
    public Decision handle(LeaderView view, Value value) {
        Request request = Request.decode(value);
        if (view.get(request.row()).isEmpty()) {
            return Decision.answer(Value.empty());
        }
        var message = new SendCall.Message(request.content(), Optional.empty(), "",
                Optional.empty());
        return Turn.at(view, windows, request.queue()).map(turn -> {
            turn.delete(request.row());
            return new Send(turn).decide(new SendCall.Request(request.queue(), List.of(message)));
        }).orElseGet(() -> new Decision(Transaction.of(new Mutation.Delete(request.row())),
                Value.empty()));
    }
}
