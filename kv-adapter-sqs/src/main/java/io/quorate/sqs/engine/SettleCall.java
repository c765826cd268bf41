package io.quorate.sqs.engine;

import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.model.MessageState;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceiptHandle;
import io.quorate.sqs.row.MessageRows;
import io.quorate.sqs.row.QueueRows;
import io.quorate.sqs.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the receivers of up to ten messages want done with them, in one transaction: deleted, or hidden
 * for another time. A receipt that is not the message's latest changes nothing.
 */
public final class SettleCall implements LeaderHandler {
    /** The name it is registered under. */
    public static final String NAME = "sqs.Settle";
    private static final int DELETE = -1;
    private static final int MOVED = -2;
    private static final long MILLIS = 1_000;

    private final Windows windows;

    public SettleCall(Windows windows) {
        this.windows = windows;
    }

    /**
     * What to do.
     *
     * @param queue where
     * @param wishes what, at most ten
     */
    public record Request(QueueName queue, List<Wish> wishes) {
        public Request {
            wishes = List.copyOf(wishes);
        }

        /** The form the leader gets. */
        public Value encode() {
            RowWriter out = QueueRows.name(new RowWriter(QueueRows.VERSION), queue)
                    .number(wishes.size());
            wishes.forEach(wish -> MessageRows.write(out, wish.receipt()).number(wish.seconds()));
            return out.toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, QueueRows.VERSION);
            QueueName queue = QueueRows.name(in);
            List<Wish> wishes = new ArrayList<>();
            for (int left = in.number(); left > 0; left--) {
                wishes.add(new Wish(MessageRows.receipt(in), in.number()));
            }
            return new Request(queue, wishes);
        }
    }

    /**
     * One wish.
     *
     * @param receipt which receive of which message
     * @param seconds for how long to hide it from now on, or what else to do
     */
    public record Wish(ReceiptHandle receipt, int seconds) {
        /** To delete it. */
        public static Wish delete(ReceiptHandle receipt) {
            return new Wish(receipt, DELETE);
        }

        /** To delete it because it is in another queue now: whoever has it meanwhile. */
        public static Wish moved(ReceiptHandle receipt) {
            return new Wish(receipt, MOVED);
        }
    }

    /** What became of one wish. */
    public enum Result {
        DONE(0), NO_SUCH_QUEUE(1), FOREIGN_RECEIPT(2), STALE(3), NOT_IN_FLIGHT(4), EXPIRED(5);

        private final int code;

        Result(int code) {
            this.code = code;
        }

        private static Result of(int code) {
            return Arrays.stream(values()).filter(result -> result.code == code).findFirst()
                    .orElseThrow(() -> new IllegalStateException("result of kind " + code));
        }

        /** Reads the leader's answer: a result for each wish. */
        public static List<Result> decode(Value value) {
            RowReader in = new RowReader(value, QueueRows.VERSION);
            List<Result> results = new ArrayList<>();
            for (int left = in.number(); left > 0; left--) {
                results.add(of(in.octet()));
            }
            return results;
        }

        private static Value encode(List<Result> results) {
            RowWriter out = new RowWriter(QueueRows.VERSION).number(results.size());
            results.forEach(result -> out.octet(result.code));
            return out.toValue();
        }
    }

    /** None: what is found is validated at commit. */
    @Override
    public List<Key> latches(Value request) {
        return List.of();
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        Request asked = Request.decode(request);
        Optional<Turn> turn = Turn.at(view, windows, asked.queue());
        if (turn.isEmpty()) {
            return Decision.answer(Result.encode(
                    asked.wishes().stream().map(wish -> Result.NO_SUCH_QUEUE).toList()));
        }
        List<Result> results = new ArrayList<>();
        List<ReceiptHandle> seen = new ArrayList<>();
        for (Wish wish : asked.wishes()) {
            // A receipt named twice is settled once, as the first entry says.
            results.add(seen.contains(wish.receipt())
                    ? Result.DONE
                    : settle(turn.get(), wish));
            seen.add(wish.receipt());
        }
        return turn.get().decide(Result.encode(results));
    }

    private static Result settle(Turn turn, Wish wish) {
        ReceiptHandle receipt = wish.receipt();
        if (!receipt.queue().equals(turn.queue().id())) {
            return Result.FOREIGN_RECEIPT;
        }
        if (receipt.epoch() != turn.queue().epoch()) {
            return Result.STALE;
        }
        Optional<MessageState> state = turn.state(receipt.place())
                .filter(found -> found.receiveCount() == receipt.receiveCount());
        if (state.isEmpty()) {
            return Result.STALE;
        }
        return switch (wish.seconds()) {
            case DELETE -> delete(turn, receipt, state.get());
            case MOVED -> {
                turn.remove(receipt.place(), state.get());
                yield Result.DONE;
            }
            default -> hide(turn, wish, state.get());
        };
    }

    private static Result delete(Turn turn, ReceiptHandle receipt, MessageState state) {
        if (turn.queue().name().isFifo() && state.isVisible(turn.now())) {
            return Result.EXPIRED;
        }
        turn.remove(receipt.place(), state);
        return Result.DONE;
    }

    private static Result hide(Turn turn, Wish wish, MessageState state) {
        if (state.isVisible(turn.now())) {
            return Result.NOT_IN_FLIGHT;
        }
        turn.change(wish.receipt().place(), state,
                state.visibleAt(turn.now() + wish.seconds() * MILLIS));
        return Result.DONE;
    }
}
