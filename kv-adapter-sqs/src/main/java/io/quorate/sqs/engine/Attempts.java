package io.quorate.sqs.engine;

import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.MessageState;
import io.quorate.sqs.model.Place;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.ReceiptHandle;
import io.quorate.sqs.model.ReceivedMessage;
import io.quorate.sqs.row.MessageRows;
import io.quorate.sqs.row.QueueRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Receives that are repeated with their ReceiveRequestAttemptId: they get the same messages, hidden
 * anew, as long as nobody has touched them. Source: ReceiveMessage, "ReceiveRequestAttemptId".
 */
final class Attempts {
    private static final long WINDOW_MILLIS = 300_000;
    /** No message group and no queue scope is named so. */
    private static final String SCOPE = "\u0001attempt";
    private static final long MILLIS = 1_000;

    private final Turn turn;
    private final ReceiveCall.Request request;

    Attempts(Turn turn, ReceiveCall.Request request) {
        this.turn = turn;
        this.request = request;
    }

    /** Hands out again what the same attempt got, if it is one and that is possible. */
    boolean repeat(List<ReceivedMessage> into) {
        Optional<Versioned> row = request.attempt()
                .flatMap(id -> turn.view().get(turn.keys().duplicate(SCOPE, id)));
        if (row.isEmpty()) {
            return false;
        }
        RowReader in = new RowReader(row.get().value(), QueueRows.VERSION);
        if (in.longNumber() <= turn.now()) {
            return false;
        }
        List<ReceiptHandle> receipts = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            receipts.add(MessageRows.receipt(in));
        }
        return !receipts.isEmpty() && receipts.stream().allMatch(this::isUntouched)
                && receipts.stream().allMatch(receipt -> into.add(again(receipt)));
    }

    private boolean isUntouched(ReceiptHandle receipt) {
        return turn.state(receipt.place())
                .filter(state -> state.receiveCount() == receipt.receiveCount()
                        && state.isInFlight(turn.now()))
                .isPresent();
    }

    private ReceivedMessage again(ReceiptHandle receipt) {
        Place place = receipt.place();
        MessageState before = turn.state(place).orElseThrow();
        MessageContent content = turn.content(place).orElseThrow();
        int seconds = request.visibilitySeconds().orElseGet(
                () -> turn.queue().settings().number(QueueAttribute.VISIBILITY_TIMEOUT));
        MessageState after = before.visibleAt(turn.now() + seconds * MILLIS);
        turn.change(place, before, after);
        return new ReceivedMessage(content, receipt, after);
    }

    /** Remembers what an attempt got. */
    void remember(List<ReceivedMessage> messages) {
        if (request.attempt().isEmpty() || messages.isEmpty()) {
            return;
        }
        String id = request.attempt().get();
        long until = turn.now() + WINDOW_MILLIS;
        RowWriter out = new RowWriter(QueueRows.VERSION).number(until).number(messages.size());
        messages.forEach(message -> MessageRows.write(out, message.receipt()));
        turn.put(turn.keys().duplicate(SCOPE, id), out.toValue());
        turn.put(turn.keys().forgetting(until, SCOPE, id), Value.empty());
    }
}
