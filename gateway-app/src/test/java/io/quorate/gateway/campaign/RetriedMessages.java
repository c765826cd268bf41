package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.fixtures.proxy.Direction;
import io.quorate.fixtures.proxy.TcpProxy;
import io.quorate.gateway.it.AwsClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Messages sent to one queue: each call is told the id of the one message that is stored. */
final class RetriedMessages implements RetriedCall {
    /** Longer than any campaign. */
    private static final int HELD_SECONDS = 3_600;

    private final ClusterNode entry;
    private final TcpProxy proxy;
    private final SqsClient client;
    private final String url;
    private final boolean fifo;
    private final List<String> told = new ArrayList<>();

    private RetriedMessages(ClusterNode entry, String name, boolean fifo) {
        this.entry = entry;
        this.fifo = fifo;
        try (SqsClient direct = entry.clients().sqs()) {
            url = direct.createQueue(queue -> queue.queueName(name).attributes(
                    fifo ? Map.of(QueueAttributeName.FIFO_QUEUE, "true") : Map.of())).queueUrl();
        }
        proxy = TcpProxy.before(entry.port());
        client = AwsClients.of(proxy.port()).sqs();
    }

    static RetriedCall standard(ClusterNode entry) {
        return new RetriedMessages(entry, "retried", false);
    }

    static RetriedCall fifo(ClusterNode entry) {
        return new RetriedMessages(entry, "retried.fifo", true);
    }

    @Override
    public void call(int call) {
        proxy.loseNext(Direction.TO_CLIENT, 1);
        told.add(client.sendMessage(send -> {
            send.queueUrl(url).messageBody(String.valueOf(call));
            if (fifo) {
                send.messageGroupId("g" + call).messageDeduplicationId("d" + call);
            }
        }).messageId());
        assertThat(proxy.lossesLeft(Direction.TO_CLIENT)).as("answers not lost").isZero();
    }

    @Override
    public void assertAppliedOnce(int calls) {
        List<Message> stored = new ArrayList<>();
        try (SqsClient direct = entry.clients().sqs()) {
            for (List<Message> some = receive(direct); !some.isEmpty(); some = receive(direct)) {
                stored.addAll(some);
            }
        }
        assertThat(told).hasSize(calls);
        assertThat(stored).extracting(Message::messageId)
                .containsExactlyInAnyOrderElementsOf(told);
    }

    private List<Message> receive(SqsClient from) {
        return from.receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(10)
                .visibilityTimeout(HELD_SECONDS)).messages();
    }

    @Override
    public void close() {
        client.close();
        proxy.close();
    }
}
