package io.quorate.benchmarks.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quorate.benchmarks.http.OneByOne;
import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;

/**
 * SendMessage, ReceiveMessage, DeleteMessage on one queue, in turn. The digests and the bodies that
 * come back are checked; a receive that finds nothing is counted as such and not as wrong.
 */
final class SqsWorkload implements Workload {
    private static final String QUEUE = "quorate-bench";
    private static final String API = "AmazonSQS.";

    private final Endpoint endpoint;
    private final Shape shape;
    private String queueUrl = "";

    SqsWorkload(Endpoint endpoint, Shape shape) {
        this.endpoint = endpoint;
        this.shape = shape;
    }

    @Override
    public void prepare(OneByOne connection) throws IOException {
        Reply reply = connection.call(requests().json("1.0", API + "CreateQueue",
                "{\"QueueName\":\"" + QUEUE + "\"}"));
        queueUrl = text(reply, "QueueUrl")
                .orElseThrow(() -> new IOException("CreateQueue: " + reply));
    }

    @Override
    public Session session(int connection) {
        return new Messages(connection);
    }

    private SignedRequests requests() {
        return new SignedRequests(endpoint, "sqs", Clock.systemUTC());
    }

    /** The value of a member that is a string without escapes. */
    private static Optional<String> text(Reply reply, String member) {
        String json = reply.text();
        int at = json.indexOf("\"" + member + "\"");
        int open = at < 0 ? -1 : json.indexOf('"', json.indexOf(':', at) + 1);
        int close = open < 0 ? -1 : json.indexOf('"', open + 1);
        return reply.isOk() && close > 0
                ? Optional.of(json.substring(open + 1, close))
                : Optional.empty();
    }

    private enum Turn {
        SEND, RECEIVE, DELETE
    }

    private final class Messages implements Session {
        private final SignedRequests requests = requests();
        private final MessageDigest md5;
        private long number;
        private Turn turn = Turn.DELETE;
        private String body = "";
        private String receipt = "";

        Messages(int connection) {
            this.number = (long) connection << 32;
            try {
                this.md5 = MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has MD5", e);
            }
        }

        @Override
        public Call next() {
            turn = following();
            return switch (turn) {
                case SEND -> {
                    body = Payloads.of("message-" + number++, shape.valueBytes());
                    yield call("SendMessage", "\"MessageBody\":\"" + body + "\"");
                }
                case RECEIVE -> call("ReceiveMessage", "\"MaxNumberOfMessages\":1");
                case DELETE -> call("DeleteMessage", "\"ReceiptHandle\":\"" + receipt + "\"");
            };
        }

        private Turn following() {
            return switch (turn) {
                case SEND -> Turn.RECEIVE;
                case RECEIVE -> receipt.isEmpty() ? Turn.SEND : Turn.DELETE;
                case DELETE -> Turn.SEND;
            };
        }

        private Call call(String action, String members) {
            return new Call(action, requests.json("1.0", API + action,
                    "{\"QueueUrl\":\"" + queueUrl + "\"," + members + "}"));
        }

        @Override
        public Optional<String> check(Reply reply) {
            boolean right = switch (turn) {
                case SEND -> text(reply, "MD5OfMessageBody").filter(digest(body)::equals)
                        .isPresent();
                case RECEIVE -> isReceived(reply);
                case DELETE -> reply.isOk();
            };
            return right ? Optional.empty() : Optional.of(reply.toString());
        }

        private boolean isReceived(Reply reply) {
            receipt = text(reply, "ReceiptHandle").orElse("");
            return receipt.isEmpty()
                    ? reply.isOk()
                    : text(reply, "Body").map(this::digest)
                            .equals(text(reply, "MD5OfBody"));
        }

        private String digest(String text) {
            return HexFormat.of().formatHex(md5.digest(text.getBytes(US_ASCII)));
        }
    }
}
