package io.quorate.gateway.it;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Messages of an SQS standard queue, each sent by one call; looking for them takes them all, hidden for an hour, and
 * fails if one call has stored two.
 */
public final class MessageWorkload implements Workload {
    private static final String QUEUE = "kill-nine";

    @Override
    public Session open(AwsClients clients) {
        SqsClient client = clients.sqs();
        return new Messages(client,
                client.createQueue(queue -> queue.queueName(QUEUE)).queueUrl());
    }

    private record Messages(SqsClient client, String url) implements Session {
        private static final int HOUR = 3_600;

        @Override
        public void write(String id) {
            client.sendMessage(send -> send.queueUrl(url).messageBody(id));
        }

        @Override
        public Set<String> missing(Collection<String> ids) {
            Set<String> missing = new HashSet<>(ids);
            Map<String, String> seen = new HashMap<>();
            List<Message> taken;
            do {
                taken = client.receiveMessage(receive -> receive.queueUrl(url)
                        .maxNumberOfMessages(10).visibilityTimeout(HOUR)).messages();
                for (Message message : taken) {
                    missing.remove(message.body());
                    String first = seen.putIfAbsent(message.body(), message.messageId());
                    if (first != null && !first.equals(message.messageId())) {
                        throw new AssertionError("stored twice: " + message.body() + " as " + first
                                + " and " + message.messageId());
                    }
                }
            } while (!taken.isEmpty());
            return missing;
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
