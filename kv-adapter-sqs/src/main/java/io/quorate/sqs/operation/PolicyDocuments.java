package io.quorate.sqs.operation;

import io.quorate.sqs.model.QueueName;
import java.util.List;
import java.util.Optional;

/** Changes a queue's policy, a JSON document. Implemented where JSON is known. */
public interface PolicyDocuments {
    /**
     * The policy with one more statement.
     *
     * @param policy the document; empty for none
     */
    String with(String policy, Permission permission);

    /** The policy without a statement; empty if it has none of that label. */
    Optional<String> without(String policy, String label);

    /**
     * A permission.
     *
     * @param queue what for
     * @param arn its ARN
     * @param label the statement's id
     * @param accounts who may
     * @param actions what
     */
    record Permission(QueueName queue, String arn, String label, List<String> accounts,
            List<String> actions) {}
}
