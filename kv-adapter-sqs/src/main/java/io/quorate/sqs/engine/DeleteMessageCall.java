package io.quorate.sqs.engine;

import io.quorate.kv.Condition;
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
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceiptHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Deletes the message that a receipt names, if that receipt is its latest; a stale one, or one of a
 * message that is gone, changes nothing and is no error.
 */
public final class DeleteMessageCall implements LeaderHandler {
    /** The name it is registered under. */
    public static final String NAME = "sqs.DeleteMessage";

    /** What became of it. */
    public enum Answer {
        DONE(0), NO_SUCH_QUEUE(1), FOREIGN_RECEIPT(2);

        private final int code;

        Answer(int code) {
            this.code = code;
        }

        /** Reads the leader's answer. */
        public static Answer decode(Value value) {
            int code = new RowReader(value, Rows.VERSION).octet();
            return Arrays.stream(values()).filter(answer -> answer.code == code).findFirst()
                    .orElseThrow(() -> new IllegalStateException("answer of kind " + code));
        }

        Value encode() {
            return new RowWriter(Rows.VERSION).octet(code).toValue();
        }
    }

    /**
     * What to delete.
     *
     * @param queue where
     * @param receipt which receive of which message
     */
    public record Request(QueueName queue, ReceiptHandle receipt) {
        /** The form the leader gets. */
        public Value encode() {
            return new RowWriter(Rows.VERSION).text(queue.account()).text(queue.name())
                    .id(receipt.queue())
                    .id(receipt.message()).number(receipt.visibleAtMillis())
                    .number(receipt.receiveCount()).toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            return new Request(new QueueName(in.text(), in.text()),
                    new ReceiptHandle(in.id(), in.id(), in.longNumber(), in.number()));
        }

        Key place() {
            return QueueKeyspace.place(QueueKeyspace.route(queue), receipt.queue(),
                    receipt.visibleAtMillis(), receipt.message());
        }
    }

    @Override
    public List<Key> latches(Value request) {
        return List.of(Request.decode(request).place());
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        Request delete = Request.decode(request);
        Optional<Versioned> fence = view.get(QueueKeyspace.fence(delete.queue()));
        if (fence.isEmpty()) {
            return Decision.answer(Answer.NO_SUCH_QUEUE.encode());
        }
        UUID queue = Rows.definition(fence.get().value()).id();
        if (!queue.equals(delete.receipt().queue())) {
            return Decision.answer(Answer.FOREIGN_RECEIPT.encode());
        }
        return new Decision(delete(view, delete), Answer.DONE.encode());
    }

    private static Transaction delete(LeaderView view, Request delete) {
        Key place = delete.place();
        Optional<Versioned> row = view.get(place).filter(found -> Rows.Place.decode(found.value())
                .receiveCount() == delete.receipt().receiveCount());
        if (row.isEmpty()) {
            return Transaction.nothing();
        }
        ReceiptHandle receipt = delete.receipt();
        return new Transaction(List.of(new Condition.VersionIs(place, row.get().version())),
                List.of(new Mutation.Delete(place),
                        new Mutation.Delete(QueueKeyspace.content(
                                QueueKeyspace.route(delete.queue()), receipt.queue(),
                                receipt.message()))));
    }
}
