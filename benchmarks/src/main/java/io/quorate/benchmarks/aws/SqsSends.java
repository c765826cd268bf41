package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.Reply;
import io.quorate.benchmarks.http.Session;
import java.util.Optional;

/** SendMessage and nothing else: the queue grows. */
final class SqsSends implements Session {
    private final SqsCaller sqs;
    private String body = "";

    SqsSends(SqsCaller sqs) {
        this.sqs = sqs;
    }

    @Override
    public Call next() {
        body = sqs.nextBody();
        return sqs.send(body);
    }

    @Override
    public Optional<String> check(Reply reply) {
        return sqs.isSent(reply, body) ? Optional.empty() : Optional.of(reply.toString());
    }
}
