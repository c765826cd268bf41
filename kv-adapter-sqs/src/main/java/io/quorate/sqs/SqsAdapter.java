package io.quorate.sqs;

import io.quorate.aws.http.AwsHandler;
import io.quorate.kv.AtLeader;
import io.quorate.kv.CommitWatch;
import io.quorate.sqs.http.Operations;
import io.quorate.sqs.http.QueueUrls;
import io.quorate.sqs.http.SqsHandler;
import io.quorate.sqs.operation.CreateQueue;
import io.quorate.sqs.operation.DeleteMessage;
import io.quorate.sqs.operation.ReceiveMessage;
import io.quorate.sqs.operation.SendMessage;
import io.quorate.sqs.repository.QueueRepository;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Puts the adapter together over the store's ports. */
public final class SqsAdapter {
    private SqsAdapter() {}

    /**
     * Makes the handler of SQS's requests and registers the engine's leader handlers; call it once,
     * before the node starts.
     *
     * @param leader where handlers run
     * @param commits wakes long polls
     * @param ids makes random ids for queues and messages
     * @param publicUrl scheme and authority of queue URLs; if empty, those the client used
     * @param maxBodyBytes longest request accepted
     */
    public static AwsHandler handler(AtLeader leader, CommitWatch commits, Supplier<UUID> ids,
            Optional<String> publicUrl, int maxBodyBytes) {
        QueueRepository queues = new QueueRepository(leader, commits);
        return new SqsHandler(
                new Operations(new CreateQueue(queues, ids), new SendMessage(queues, ids),
                        new ReceiveMessage(queues), new DeleteMessage(queues)),
                new QueueUrls(publicUrl), maxBodyBytes);
    }
}
