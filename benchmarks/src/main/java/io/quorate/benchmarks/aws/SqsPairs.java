package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session;
import java.util.Optional;

/**
 * ReceiveMessage and DeleteMessage of one message, in turn. So that the backlog stays what it is, every
 * ten pairs are followed by a batch of ten sends, and so is a receive that finds nothing, which is
 * counted apart.
 */
final class SqsPairs implements Session {
    private final SqsCaller sqs;
    private Turn turn = Turn.DELETE;
    private Optional<String> receipt = Optional.empty();
    /** Messages that this connection has sent and not replaced by a pair. */
    private int credit;

    private enum Turn {
        SEND, RECEIVE, DELETE
    }

    SqsPairs(SqsCaller sqs) {
        this.sqs = sqs;
    }

    @Override
    public Call next() {
        turn = switch (turn) {
            case SEND -> Turn.RECEIVE;
            case RECEIVE -> receipt.isEmpty() ? Turn.SEND : Turn.DELETE;
            case DELETE -> credit > 0 ? Turn.RECEIVE : Turn.SEND;
        };
        return switch (turn) {
            case SEND -> sqs.sendBatch(SqsCaller.BATCH);
            case RECEIVE -> sqs.receive(1);
            case DELETE -> sqs.delete(receipt.orElseThrow());
        };
    }

    @Override
    public Optional<String> check(Reply reply) {
        boolean right = switch (turn) {
            case SEND -> {
                credit += SqsCaller.BATCH;
                yield sqs.isDone(reply, SqsCaller.BATCH);
            }
            case RECEIVE -> {
                receipt = SqsCaller.text(reply, "ReceiptHandle");
                yield sqs.isReceived(reply);
            }
            case DELETE -> {
                credit--;
                yield reply.isOk();
            }
        };
        return right ? Optional.empty() : Optional.of(reply.toString());
    }

    @Override
    public String countedAs(Call call) {
        return turn == Turn.RECEIVE && receipt.isEmpty() ? "ReceiveNothing" : call.operation();
    }
}
