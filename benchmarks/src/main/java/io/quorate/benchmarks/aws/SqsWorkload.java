package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.OneByOne;
import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session;
import java.io.IOException;
import java.util.function.Function;

/**
 * One queue, filled to the shape's backlog before anything is measured. The queue of a backlog is kept
 * from run to run, and filled up only with what it lacks.
 */
final class SqsWorkload implements Workload {
    private final Endpoint endpoint;
    private final Shape shape;
    private final Function<SqsCaller, Session> sessions;
    private String queueUrl = "";

    /** @param sessions what a connection asks */
    SqsWorkload(Endpoint endpoint, Shape shape, Function<SqsCaller, Session> sessions) {
        this.endpoint = endpoint;
        this.shape = shape;
        this.sessions = sessions;
    }

    @Override
    public void prepare(OneByOne connection) throws IOException {
        String name = "quorate-bench-" + shape.backlog();
        Reply reply = connection.call(caller(0).create(name).message());
        queueUrl = SqsCaller.text(reply, "QueueUrl")
                .orElseThrow(() -> new IOException("CreateQueue: " + reply));
        SqsCaller caller = caller(1L << 62);
        for (int missing = shape.backlog() - visible(connection); missing > 0;) {
            int batch = Math.min(missing, SqsCaller.BATCH);
            Reply sent = connection.call(caller.sendBatch(batch).message());
            if (!caller.isDone(sent, batch)) {
                throw new IOException("SendMessageBatch: " + sent);
            }
            missing -= batch;
        }
    }

    private int visible(OneByOne connection) throws IOException {
        String attribute = "ApproximateNumberOfMessages";
        Reply reply = connection.call(caller(0).call("GetQueueAttributes",
                "\"AttributeNames\":[\"" + attribute + "\"]").message());
        return Integer.parseInt(SqsCaller.text(reply, attribute)
                .orElseThrow(() -> new IOException("GetQueueAttributes: " + reply)));
    }

    @Override
    public Session session(int connection) {
        return sessions.apply(caller((long) connection << 32));
    }

    private SqsCaller caller(long first) {
        return new SqsCaller(endpoint, queueUrl, shape.valueBytes(), first);
    }
}
