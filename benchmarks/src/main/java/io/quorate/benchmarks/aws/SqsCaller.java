package io.quorate.benchmarks.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session.Call;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks one queue over JSON and reads its answers. Not safe for threads. */
final class SqsCaller {
    /** Messages of a batch: the most that SQS takes. */
    static final int BATCH = 10;
    private static final String API = "AmazonSQS.";

    private final SignedRequests requests;
    private final String queueUrl;
    private final int messageBytes;
    private final MessageDigest md5;
    private long number;

    /**
     * @param queueUrl the queue, or nothing before it is made
     * @param messageBytes the length of a message's body
     * @param first the number of the first message, which its body follows from
     */
    SqsCaller(Endpoint endpoint, String queueUrl, int messageBytes, long first) {
        this.requests = new SignedRequests(endpoint, "sqs", Clock.systemUTC());
        this.queueUrl = queueUrl;
        this.messageBytes = messageBytes;
        this.number = first;
        try {
            this.md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    Call create(String name) {
        return new Call("CreateQueue",
                requests.json("1.0", API + "CreateQueue", "{\"QueueName\":\"" + name + "\"}"));
    }

    /** A call about the queue, counted under the action's name. */
    Call call(String action, String members) {
        return new Call(action, requests.json("1.0", API + action,
                "{\"QueueUrl\":\"" + queueUrl + "\"," + members + "}"));
    }

    /** The body of the next message. */
    String nextBody() {
        return Payloads.of("message-" + number++, messageBytes);
    }

    Call send(String body) {
        return call("SendMessage", "\"MessageBody\":\"" + body + "\"");
    }

    Call sendBatch(int messages) {
        return call("SendMessageBatch", IntStream.range(0, messages)
                .mapToObj(i -> "{\"Id\":\"m" + i + "\",\"MessageBody\":\"" + nextBody() + "\"}")
                .collect(Collectors.joining(",", "\"Entries\":[", "]")));
    }

    Call receive(int most) {
        return call("ReceiveMessage", "\"MaxNumberOfMessages\":" + most);
    }

    Call delete(String receipt) {
        return call("DeleteMessage", "\"ReceiptHandle\":\"" + receipt + "\"");
    }

    Call deleteBatch(List<String> receipts) {
        return call("DeleteMessageBatch", IntStream.range(0, receipts.size())
                .mapToObj(i -> "{\"Id\":\"m" + i + "\",\"ReceiptHandle\":\"" + receipts.get(i)
                        + "\"}")
                .collect(Collectors.joining(",", "\"Entries\":[", "]")));
    }

    /** Whether a message of this body was stored. */
    boolean isSent(Reply reply, String body) {
        return text(reply, "MD5OfMessageBody").filter(digest(body)::equals).isPresent();
    }

    /** Whether that many entries of a batch succeeded and none failed. */
    boolean isDone(Reply reply, int entries) {
        return texts(reply, "Id").size() == entries && text(reply, "Code").isEmpty();
    }

    /** Whether every message that came has the body that its digest says; none is right too. */
    boolean isReceived(Reply reply) {
        return reply.isOk() && texts(reply, "Body").stream().map(this::digest).toList()
                .equals(texts(reply, "MD5OfBody"));
    }

    /** The first value of a member that is a string without escapes. */
    static Optional<String> text(Reply reply, String member) {
        return texts(reply, member).stream().findFirst();
    }

    /** All values of a member that is a string without escapes; none if the call failed. */
    static List<String> texts(Reply reply, String member) {
        List<String> values = new ArrayList<>();
        String json = reply.isOk() ? reply.text() : "";
        String name = "\"" + member + "\"";
        for (int at = json.indexOf(name); at >= 0; at = json.indexOf(name, at + 1)) {
            int open = json.indexOf('"', json.indexOf(':', at) + 1);
            int close = json.indexOf('"', open + 1);
            if (open > 0 && close > 0) {
                values.add(json.substring(open + 1, close));
            }
        }
        return values;
    }

    private String digest(String text) {
        return HexFormat.of().formatHex(md5.digest(text.getBytes(US_ASCII)));
    }
}
