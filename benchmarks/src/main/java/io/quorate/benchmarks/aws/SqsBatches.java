package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session;
import java.util.List;
import java.util.Optional;

/**
 * SendMessageBatch of ten, ReceiveMessage of up to ten, DeleteMessageBatch of those, in turn. Counts
 * calls, not messages; a receive that finds nothing or fewer is counted apart.
 */
final class SqsBatches implements Session {
    private final SqsCaller sqs;
    private Turn turn = Turn.DELETE;
    private List<String> receipts = List.of();

    private enum Turn {
        SEND, RECEIVE, DELETE
    }

    SqsBatches(SqsCaller sqs) {
        this.sqs = sqs;
    }

    @Override
    public Call next() {
        turn = switch (turn) {
            case SEND -> Turn.RECEIVE;
            case RECEIVE -> receipts.isEmpty() ? Turn.SEND : Turn.DELETE;
            case DELETE -> Turn.SEND;
        };
        return switch (turn) {
            case SEND -> sqs.sendBatch(SqsCaller.BATCH);
            case RECEIVE -> sqs.receive(SqsCaller.BATCH);
            case DELETE -> sqs.deleteBatch(receipts);
        };
    }

    @Override
    public Optional<String> check(Reply reply) {
        boolean right = switch (turn) {
            case SEND -> sqs.isDone(reply, SqsCaller.BATCH);
            case RECEIVE -> {
                receipts = SqsCaller.texts(reply, "ReceiptHandle");
                yield sqs.isReceived(reply);
            }
            case DELETE -> sqs.isDone(reply, receipts.size());
        };
        return right ? Optional.empty() : Optional.of(reply.toString());
    }

    @Override
    public String countedAs(Call call) {
        return turn == Turn.RECEIVE && receipts.size() < SqsCaller.BATCH
                ? "ReceiveFewer"
                : call.operation();
    }
}
