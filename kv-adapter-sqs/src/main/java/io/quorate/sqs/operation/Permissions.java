package io.quorate.sqs.operation;

import static io.quorate.sqs.operation.QueueLifecycle.existing;

import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.QueueSettings;
import io.quorate.sqs.repository.QueueRepository;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * AddPermission and RemovePermission: statements of the queue's Policy. The policy is kept and shown;
 * who may do what is decided by the identities of this server's configuration. Source: SQS API
 * reference, those actions.
 */
public final class Permissions {
    private final QueueRepository queues;
    private final PolicyDocuments policies;
    private final InstantSource clock;

    public Permissions(QueueRepository queues, PolicyDocuments policies, InstantSource clock) {
        this.queues = queues;
        this.policies = policies;
        this.clock = clock;
    }

    /** Adds a statement. */
    public Mono<SqsResult> add(SqsRequest.AddPermission request, Caller caller) {
        var permission = new PolicyDocuments.Permission(request.queue(),
                request.queue().arn(caller.region()), request.label(), request.accounts(),
                request.actions());
        return change(request, policy -> {
            if (policies.without(policy, request.label()).isPresent()) {
                throw SqsException.invalidValue(request.label(), "Label", "Already exists.");
            }
            return policies.with(policy, permission);
        });
    }

    /** Removes a statement. */
    public Mono<SqsResult> remove(SqsRequest.RemovePermission request) {
        return change(request, policy -> policies.without(policy, request.label())
                .orElseThrow(() -> SqsException.invalidValue(request.label(), "Label",
                        "can't find label on existing policy.")));
    }

    private Mono<SqsResult> change(SqsRequest request,
            UnaryOperator<String> change) {
        return existing(queues.change(request.queue(), queue -> with(queue,
                change.apply(queue.settings().text(QueueAttribute.POLICY)))))
                .thenReturn(new SqsResult.Done());
    }

    private QueueDefinition with(QueueDefinition queue, String policy) {
        QueueSettings settings = queue.settings();
        Map<QueueAttribute, String> chosen = new EnumMap<>(QueueAttribute.class);
        chosen.putAll(settings.chosen());
        chosen.put(QueueAttribute.POLICY, policy);
        return queue.with(new QueueSettings(chosen, settings.redrive(), settings.allow()),
                clock.millis());
    }
}
