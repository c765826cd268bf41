package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session;
import java.util.Optional;

/**
 * SendMessage, ReceiveMessage and DeleteMessage of one message, in turn. A receive that finds nothing
 * is counted as one and not as wrong.
 */
final class SqsRounds implements Session {
    private final SqsCaller sqs;
    private Turn turn = Turn.DELETE;
    private String body = "";
    private Optional<String> receipt = Optional.empty();

    private enum Turn {
        SEND, RECEIVE, DELETE
    }

    SqsRounds(SqsCaller sqs) {
        this.sqs = sqs;
    }

    @Override
    public Call next() {
        turn = switch (turn) {
            case SEND -> Turn.RECEIVE;
            case RECEIVE -> receipt.isEmpty() ? Turn.SEND : Turn.DELETE;
            case DELETE -> Turn.SEND;
        };
        return switch (turn) {
            case SEND -> {
                body = sqs.nextBody();
                yield sqs.send(body);
            }
            case RECEIVE -> sqs.receive(1);
            case DELETE -> sqs.delete(receipt.orElseThrow());
        };
    }

    @Override
    public Optional<String> check(Reply reply) {
        boolean right = switch (turn) {
            case SEND -> sqs.isSent(reply, body);
            case RECEIVE -> {
                receipt = SqsCaller.text(reply, "ReceiptHandle");
                yield sqs.isReceived(reply);
            }
            case DELETE -> reply.isOk();
        };
        return right ? Optional.empty() : Optional.of(reply.toString());
    }
}
