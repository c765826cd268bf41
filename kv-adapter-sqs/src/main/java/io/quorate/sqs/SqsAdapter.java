package io.quorate.sqs;

import io.quorate.aws.http.AwsHandler;
import io.quorate.sqs.http.Operations;
import io.quorate.sqs.http.PolicyJson;
import io.quorate.sqs.http.QueueUrls;
import io.quorate.sqs.http.SqsHandler;
import io.quorate.sqs.operation.Deliveries;
import io.quorate.sqs.operation.MoveTasks;
import io.quorate.sqs.operation.Permissions;
import io.quorate.sqs.operation.QueueAttributes;
import io.quorate.sqs.operation.QueueLifecycle;
import io.quorate.sqs.operation.QueueTags;
import io.quorate.sqs.operation.ReceiveMessage;
import io.quorate.sqs.operation.RedriveRules;
import io.quorate.sqs.operation.SendMessage;
import io.quorate.sqs.operation.SettleMessages;
import io.quorate.sqs.poll.LongPolls;
import io.quorate.sqs.repository.DeadLetters;
import io.quorate.sqs.repository.MoveTaskRepository;
import io.quorate.sqs.repository.QueueRepository;
import io.quorate.sqs.upkeep.MoveTaskRunner;
import io.quorate.sqs.upkeep.QueueUpkeep;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.scheduler.Schedulers;

/**
 * The adapter, put together over the store's ports.
 *
 * @param handler answers SQS's requests
 * @param upkeep what is to be done every second or so while the node runs
 * @param deliveries takes messages of the endpoint itself
 */
public record SqsAdapter(AwsHandler handler, QueueUpkeep upkeep, Deliveries deliveries) {
    /**
     * What the adapter is made of.
     *
     * @param store the store's ports
     * @param ids makes random ids for queues and messages
     * @param clock when queues are created; durations are the store's group time
     */
    public record Parts(QueueRepository.Store store, Supplier<UUID> ids, InstantSource clock) {}

    /**
     * Makes the adapter and registers the engine's leader handlers; call it once, before the node
     * starts.
     *
     * @param publicUrl scheme and authority of queue URLs; if empty, those the client used
     * @param maxBodyBytes longest request accepted
     */
    public static SqsAdapter over(Parts parts, Optional<String> publicUrl, int maxBodyBytes) {
        QueueRepository queues = new QueueRepository(parts.store());
        DeadLetters deadLetters = new DeadLetters(queues);
        MoveTaskRepository tasks = new MoveTaskRepository(parts.store().kv());
        RedriveRules redrive = new RedriveRules(queues);
        var ofQueues = new Operations.Queues(
                new QueueLifecycle(queues, redrive, parts.ids(), parts.clock()),
                new QueueAttributes(queues, redrive, parts.clock()), new QueueTags(queues),
                new Permissions(queues, new PolicyJson(), parts.clock()));
        var ofMessages = new Operations.Messages(new SendMessage(queues, parts.ids()),
                new ReceiveMessage(queues, deadLetters,
                        new LongPolls(queues, Schedulers.parallel())),
                new SettleMessages(queues),
                new MoveTasks(queues, tasks, parts.ids(), parts.clock()));
        return new SqsAdapter(
                new SqsHandler(new Operations(ofQueues, ofMessages), new QueueUrls(publicUrl),
                        maxBodyBytes),
                new QueueUpkeep(queues,
                        new MoveTaskRunner(queues, tasks, deadLetters, parts.clock())),
                new Deliveries(queues));
    }
}
