package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.OneByOne;
import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session;
import java.io.IOException;
import java.util.Optional;

/**
 * Long polls on every connection but the first, which sends one message a second. Counts how long
 * after the beginning of its send a message came, and by how much a poll without messages ended later
 * than it asked for.
 */
final class SqsPolls implements Workload {
    private static final int WAIT_SECONDS = 20;
    private static final int PACE_SECONDS = 1;

    private final Endpoint endpoint;
    private String queueUrl = "";
    private String paceUrl = "";

    SqsPolls(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void prepare(OneByOne connection) throws IOException {
        queueUrl = create(connection, "quorate-bench-polls");
        paceUrl = create(connection, "quorate-bench-pace");
    }

    private String create(OneByOne connection, String name) throws IOException {
        Reply reply = connection.call(caller("").create(name).message());
        return SqsCaller.text(reply, "QueueUrl")
                .orElseThrow(() -> new IOException("CreateQueue: " + reply));
    }

    @Override
    public Session session(int connection) {
        return connection == 0
                ? new Sender(caller(queueUrl), caller(paceUrl))
                : new Poller(caller(queueUrl), 1 + connection % WAIT_SECONDS);
    }

    private SqsCaller caller(String url) {
        return new SqsCaller(endpoint, url, 1, 0);
    }

    private static Optional<String> unlessOk(Reply reply) {
        return reply.isOk() ? Optional.empty() : Optional.of(reply.toString());
    }

    private static Session.Call poll(SqsCaller sqs, int seconds) {
        return sqs.call("ReceiveMessage", "\"WaitTimeSeconds\":" + seconds);
    }

    /** Sends the time, and waits between two sends by a poll on a queue that stays empty. */
    private static final class Sender implements Session {
        private final SqsCaller sqs;
        private final SqsCaller pace;
        private boolean paced;

        Sender(SqsCaller sqs, SqsCaller pace) {
            this.sqs = sqs;
            this.pace = pace;
        }

        @Override
        public Call next() {
            paced = !paced;
            return paced ? poll(pace, PACE_SECONDS) : sqs.send("t" + System.nanoTime());
        }

        @Override
        public Optional<String> check(Reply reply) {
            return unlessOk(reply);
        }

        @Override
        public String countedAs(Call call) {
            return paced ? "Pace" : call.operation();
        }
    }

    /** Waits for messages; they stay in the queue, hidden, until the poll's next turn deletes them. */
    private static final class Poller implements Session {
        private final SqsCaller sqs;
        private Optional<String> sentNanos = Optional.empty();
        private Optional<String> receipt = Optional.empty();
        private boolean deletes;
        /** Different at first, so that the polls do not all end at the same moment. */
        private int waitSeconds;

        Poller(SqsCaller sqs, int firstWaitSeconds) {
            this.sqs = sqs;
            this.waitSeconds = firstWaitSeconds;
        }

        @Override
        public Call next() {
            deletes = receipt.isPresent();
            Call call = deletes ? sqs.delete(receipt.orElseThrow()) : poll(sqs, waitSeconds);
            receipt = Optional.empty();
            return call;
        }

        @Override
        public Optional<String> check(Reply reply) {
            receipt = deletes ? Optional.empty() : SqsCaller.text(reply, "ReceiptHandle");
            sentNanos = SqsCaller.text(reply, "Body").map(body -> body.substring(1));
            return unlessOk(reply);
        }

        @Override
        public String countedAs(Call call) {
            if (deletes) {
                return call.operation();
            }
            return sentNanos.isPresent() ? "Delivery" : "EmptyPollLate";
        }

        @Override
        public long measured(long nanos) {
            if (deletes) {
                return nanos;
            }
            long asked = waitSeconds * 1_000_000_000L;
            waitSeconds = WAIT_SECONDS;
            return sentNanos.map(sent -> System.nanoTime() - Long.parseLong(sent))
                    .orElse(nanos - asked);
        }
    }
}
