package io.quorate.sqs.operation;

import static io.quorate.sqs.operation.QueueLifecycle.existing;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.QueueSettings;
import io.quorate.sqs.repository.QueueRepository;
import io.quorate.sqs.repository.QueueRepository.Counts;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** GetQueueAttributes and SetQueueAttributes. Source: SQS API reference, those actions. */
public final class QueueAttributes {
    /** The attributes that owners do not choose. */
    public static final Set<String> MADE_HERE = Set.of("All", "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed",
            "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn");
    private static final String COUNT = "ApproximateNumberOfMessages";
    private static final long MILLIS = 1_000;

    private final QueueRepository queues;
    private final RedriveRules redrive;
    private final InstantSource clock;

    public QueueAttributes(QueueRepository queues, RedriveRules redrive, InstantSource clock) {
        this.queues = queues;
        this.redrive = redrive;
        this.clock = clock;
    }

    /** Shows the attributes asked for that the queue has. */
    public Mono<SqsResult> get(SqsRequest.GetQueueAttributes request, Caller caller) {
        boolean all = request.names().contains("All");
        boolean counted = all
                || request.names().stream().anyMatch(name -> name.startsWith(COUNT));
        return existing(queues.find(request.queue())).flatMap(queue -> {
            Map<String, String> shown = new LinkedHashMap<>(chosen(queue.settings()));
            shown.put("QueueArn", queue.name().arn(caller.region()));
            shown.put("CreatedTimestamp", Long.toString(queue.times().created() / MILLIS));
            shown.put("LastModifiedTimestamp", Long.toString(queue.times().modified() / MILLIS));
            Mono<Map<String, String>> complete = counted
                    ? queues.counts(queue).map(counts -> with(shown, counts))
                    : Mono.just(shown);
            return complete.map(found -> {
                if (!all) {
                    found.keySet().retainAll(request.names());
                }
                return new SqsResult.Attributes(found);
            });
        });
    }

    private static Map<String, String> with(Map<String, String> shown, Counts counts) {
        shown.put(COUNT, Long.toString(counts.visible()));
        shown.put(COUNT + "NotVisible", Long.toString(counts.inFlight()));
        shown.put(COUNT + "Delayed", Long.toString(counts.delayed()));
        return shown;
    }

    /** What the owner chose, and the defaults of what every queue has. */
    private static Map<String, String> chosen(QueueSettings settings) {
        Map<String, String> shown = new LinkedHashMap<>();
        boolean fifo = settings.flag(QueueAttribute.FIFO_QUEUE);
        boolean kms = !settings.text(QueueAttribute.KMS_MASTER_KEY_ID).isEmpty();
        for (QueueAttribute attribute : QueueAttribute.values()) {
            String value = settings.text(attribute);
            boolean has = !value.isEmpty() && (fifo || !attribute.isOfFifoQueues())
                    && (kms || attribute != QueueAttribute.KMS_DATA_KEY_REUSE_PERIOD_SECONDS
                            || settings.chosen().containsKey(attribute));
            if (has) {
                shown.put(attribute.wireName(), value);
            }
        }
        if (kms) {
            shown.put(QueueAttribute.SQS_MANAGED_SSE_ENABLED.wireName(), "false");
        }
        return shown;
    }

    /** Changes the attributes named. */
    public Mono<SqsResult> set(SqsRequest.SetQueueAttributes request, Caller caller) {
        return redrive.check(request.queue(), request.settings(), caller)
                .then(existing(queues.change(request.queue(), queue -> queue
                        .with(merged(queue, request.settings()), clock.millis()))))
                .thenReturn(new SqsResult.Done());
    }

    private static QueueSettings merged(QueueDefinition queue, QueueSettings changes) {
        QueueSettings settings = queue.settings();
        Map<QueueAttribute, String> all = new EnumMap<>(QueueAttribute.class);
        all.putAll(settings.chosen());
        changes.chosen().forEach((attribute, value) -> {
            boolean fixed = attribute == QueueAttribute.FIFO_QUEUE
                    && !value.equals(settings.text(attribute));
            if (fixed) {
                throw new SqsException(SqsError.INVALID_ATTRIBUTE_VALUE,
                        "Invalid value for the parameter " + attribute.wireName()
                                + ". Reason: Modifying queue type is not supported.");
            }
            all.put(attribute, value);
        });
        QueueSettings merged = new QueueSettings(all,
                changes.chosen().containsKey(QueueAttribute.REDRIVE_POLICY)
                        ? changes.redrive()
                        : settings.redrive(),
                changes.chosen().containsKey(QueueAttribute.REDRIVE_ALLOW_POLICY)
                        ? changes.allow()
                        : settings.allow());
        checkThroughput(merged);
        return merged;
    }

    /** Source: "FifoThroughputLimit". */
    public static void checkThroughput(QueueSettings settings) {
        if (settings.text(QueueAttribute.FIFO_THROUGHPUT_LIMIT).equals("perMessageGroupId")
                && !settings.deduplicatesByGroup()) {
            throw new SqsException(SqsError.INVALID_ATTRIBUTE_VALUE,
                    "Invalid value for the parameter FifoThroughputLimit. Reason: The "
                            + "perMessageGroupId value is allowed only when the value for "
                            + "DeduplicationScope is messageGroup.");
        }
    }
}
