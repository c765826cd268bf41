package io.quorate.sqs.repository;

import io.quorate.kv.AtLeader;
import io.quorate.kv.CommitWatch;
import io.quorate.kv.RetryId;
import io.quorate.sqs.engine.CreateQueueCall;
import io.quorate.sqs.engine.DeleteMessageCall;
import io.quorate.sqs.engine.ReceiveMessageCall;
import io.quorate.sqs.engine.SendMessageCall;
import io.quorate.sqs.keyspace.QueueKeyspace;
import io.quorate.sqs.model.QueueName;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Calls the engine at the leader of each queue. Thread-safe. */
public final class QueueRepository {
    private final AtLeader leader;
    private final CommitWatch commits;

    /** Registers the engine's handlers; make it before the node starts. */
    public QueueRepository(AtLeader leader, CommitWatch commits) {
        this.leader = leader;
        this.commits = commits;
        leader.register(CreateQueueCall.NAME, new CreateQueueCall());
        leader.register(SendMessageCall.NAME, new SendMessageCall());
        leader.register(ReceiveMessageCall.NAME, new ReceiveMessageCall());
        leader.register(DeleteMessageCall.NAME, new DeleteMessageCall());
    }

    /** Creates a queue; emits the attribute in which an existing one differs. */
    public Mono<Optional<String>> create(CreateQueueCall.Request request) {
        return leader.call(QueueKeyspace.definition(request.name()), CreateQueueCall.NAME,
                request.encode()).map(CreateQueueCall::differingAttribute);
    }

    /**
     * Sends a message.
     *
     * @param retryId if present, a repetition is answered as the first request was
     */
    public Mono<SendMessageCall.Answer> send(SendMessageCall.Request request,
            Optional<RetryId> retryId) {
        return leader.call(QueueKeyspace.fence(request.queue()), SendMessageCall.NAME,
                request.encode(), retryId).map(SendMessageCall.Answer::decode);
    }

    /** Receives what is visible now. */
    public Mono<ReceiveMessageCall.Answer> receive(ReceiveMessageCall.Request request) {
        return leader.call(QueueKeyspace.fence(request.queue()), ReceiveMessageCall.NAME,
                request.encode()).map(ReceiveMessageCall.Answer::decode);
    }

    /** Deletes a message by its receipt. */
    public Mono<DeleteMessageCall.Answer> delete(DeleteMessageCall.Request request) {
        return leader.call(QueueKeyspace.fence(request.queue()), DeleteMessageCall.NAME,
                request.encode()).map(DeleteMessageCall.Answer::decode);
    }

    /** Completes after the next commit that touches the queue, or sooner. */
    public Mono<Void> nextChange(QueueName queue) {
        return commits.nextCommit(QueueKeyspace.fence(queue));
    }
}
