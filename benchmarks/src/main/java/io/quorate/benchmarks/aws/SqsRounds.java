package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session;
import java.util.Optional;

/**
 * ReceiveMessage and DeleteMessage of one message, in turn. So that the backlog stays what it is, a send
 * comes before as many pairs as it has messages, and so after a receive that finds nothing, which is
 * counted apart.
 */
final class SqsRounds implements Session {
    private final SqsCaller sqs;
    private final int messagesOfASend;
    private Turn turn = Turn.DELETE;
    private String body = "";
    private Optional<String> receipt = Optional.empty();
    /** Messages that this connection has sent and not replaced by a pair. */
    private int credit;

    private enum Turn {
        SEND, RECEIVE, DELETE
    }

    /**
     * @param messagesOfASend 1 for SendMessage, more for SendMessageBatch
     */
    SqsRounds(SqsCaller sqs, int messagesOfASend) {
        this.sqs = sqs;
        this.messagesOfASend = messagesOfASend;
    }

    @Override
    public Call next() {
        turn = switch (turn) {
            case SEND -> Turn.RECEIVE;
            case RECEIVE -> receipt.isEmpty() ? Turn.SEND : Turn.DELETE;
            case DELETE -> credit > 0 ? Turn.RECEIVE : Turn.SEND;
        };
        return switch (turn) {
            case SEND -> send();
            case RECEIVE -> sqs.receive(1);
            case DELETE -> sqs.delete(receipt.orElseThrow());
        };
    }

    private Call send() {
        if (messagesOfASend > 1) {
            return sqs.sendBatch(messagesOfASend);
        }
        body = sqs.nextBody();
        return sqs.send(body);
    }

    @Override
    public Optional<String> check(Reply reply) {
        boolean right = switch (turn) {
            case SEND -> {
                credit += messagesOfASend;
                yield messagesOfASend > 1
                        ? sqs.isDone(reply, messagesOfASend)
                        : sqs.isSent(reply, body);
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
