package io.quorate.sqs.http;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.operation.SqsRequest;
import io.quorate.sqs.operation.TaskHandle;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns the parameters of permissions and move tasks into valid requests. Source: the parameters'
 * descriptions in the SQS API reference. Pure functions.
 */
final class OtherRequests {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    /** Source: AddPermission, "Actions". */
    private static final Set<String> ACTIONS = Set.of("*", "SendMessage", "ReceiveMessage",
            "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes", "GetQueueUrl",
            "ListDeadLetterSourceQueues", "PurgeQueue");
    private static final int MAX_ACTIONS = 7;
    private static final int MAX_PER_SECOND = 500;
    private static final int MAX_TASKS = 10;

    private OtherRequests() {}

    static SqsRequest addPermission(Parameters parameters, QueueName queue) {
        List<String> accounts = parameters.list("AWSAccountIds");
        List<String> actions = parameters.list("Actions");
        if (accounts.isEmpty()) {
            throw SqsException.missing("AWSAccountIds");
        }
        if (actions.isEmpty()) {
            throw SqsException.missing("Actions");
        }
        accounts.stream().filter(account -> !ACCOUNT.matcher(account).matches()).findFirst()
                .ifPresent(account -> {
                    throw SqsException.invalidValue(account, "PrincipalId", "Unable to verify.");
                });
        actions.stream().filter(action -> !ACTIONS.contains(action)).findFirst()
                .ifPresent(action -> {
                    throw SqsException.invalidValue("SQS:" + action, "ActionName",
                            "Please refer to the appropriate WSDL for a list of valid actions.");
                });
        if (actions.size() > MAX_ACTIONS) {
            throw new SqsException(SqsError.OVER_LIMIT,
                    actions.size() + " Actions were found, maximum allowed is " + MAX_ACTIONS
                            + ".");
        }
        return new SqsRequest.AddPermission(queue, label(parameters), List.copyOf(accounts),
                List.copyOf(actions));
    }

    static SqsRequest removePermission(Parameters parameters, QueueName queue) {
        return new SqsRequest.RemovePermission(queue, label(parameters));
    }

    private static String label(Parameters parameters) {
        String label = parameters.required("Label");
        if (!LABEL.matcher(label).matches()) {
            throw SqsException.invalidValue(label, "Label",
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        return label;
    }

    static SqsRequest startMove(Parameters parameters) {
        SqsRequest.Arn source = arn(parameters.required("SourceArn"));
        return new SqsRequest.StartMessageMoveTask(source.queue(), source.text(),
                parameters.text("DestinationArn").map(OtherRequests::arn),
                parameters.number("MaxNumberOfMessagesPerSecond", 1, MAX_PER_SECOND));
    }

    static SqsRequest listMoves(Parameters parameters) {
        SqsRequest.Arn source = arn(parameters.required("SourceArn"));
        return new SqsRequest.ListMessageMoveTasks(source.queue(), source.text(),
                parameters.number("MaxResults", 1, MAX_TASKS).orElse(1));
    }

    static SqsRequest cancelMove(Parameters parameters) {
        TaskHandle handle = TaskHandle.decode(parameters.required("TaskHandle"))
                .orElseThrow(() -> SqsException.invalidValue("given", "TaskHandle",
                        "It is not a valid task handle."));
        return new SqsRequest.CancelMessageMoveTask(handle.queue(), handle);
    }

    private static SqsRequest.Arn arn(String text) {
        QueueName queue = QueueName.ofArn(text).orElseThrow(() -> new SqsException(
                SqsError.RESOURCE_NOT_FOUND,
                "The resource that you specified for the SourceArn or DestinationArn parameter "
                        + "doesn't exist."));
        return new SqsRequest.Arn(text, queue);
    }
}
