package io.quorate.sqs.operation;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.QueueSettings;
import io.quorate.sqs.model.RedrivePolicy;
import io.quorate.sqs.repository.QueueRepository;
import reactor.core.publisher.Mono;

/**
 * What a dead-letter queue must be: there, of the same kind, and willing. Source: developer guide,
 * "Dead-letter queues".
 */
public final class RedriveRules {
    private final QueueRepository queues;

    public RedriveRules(QueueRepository queues) {
        this.queues = queues;
    }

    /** Completes if the settings name no dead-letter queue, or one that is. */
    Mono<Void> check(QueueName source, QueueSettings settings, Caller caller) {
        return Mono.justOrEmpty(settings.redrive())
                .flatMap(policy -> queues.find(policy.target())
                        .switchIfEmpty(Mono.error(() -> refused(policy,
                                "Dead letter target does not exist.")))
                        .doOnNext(target -> check(source, policy, target, caller)))
                .then();
    }

    private static void check(QueueName source, RedrivePolicy policy, QueueDefinition target,
            Caller caller) {
        if (source.isFifo() != policy.target().isFifo()) {
            throw refused(policy, "Dead-letter queue must be same type of queue as the source.");
        }
        if (!target.settings().allow().allows(source.arn(caller.region()))) {
            throw refused(policy,
                    "The RedriveAllowPolicy of the dead-letter queue does not allow this queue.");
        }
    }

    private static SqsException refused(RedrivePolicy policy, String reason) {
        return new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                "Value {\"deadLetterTargetArn\":\"" + policy.targetArn()
                        + "\",\"maxReceiveCount\":\"" + policy.maxReceiveCount()
                        + "\"} for parameter RedrivePolicy is invalid. Reason: " + reason);
    }
}
