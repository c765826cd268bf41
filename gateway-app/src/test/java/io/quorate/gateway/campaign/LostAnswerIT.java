package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.fixtures.proxy.Direction;
import io.quorate.fixtures.proxy.TcpProxy;
import io.quorate.gateway.it.AwsClients;
import io.quorate.gateway.it.ItemWorkload;
import io.quorate.gateway.it.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The first answer to a call is lost on its way, so the SDK tries again: what was asked happens once. */
class LostAnswerIT extends Campaign {
    private static final String TABLE = "kill-nine";
    private static final int CALLS_A_LEADER = 25;

    @Test
    void fiftyRetriedCallsAreAppliedOnce() {
        retry(2);
    }

    @Test
    @Tag("slow")
    @Timeout(900)
    void aThousandRetriedCallsAreAppliedOnceAcrossLeaderChanges() {
        retry(40);
    }

    private void retry(int leaders) {
        ClusterNode entry = cluster().nodes().get(0);
        try (TcpProxy proxy = TcpProxy.before(entry.port());
                Workload.Session table = new ItemWorkload().open(entry.clients());
                DynamoDbClient items = AwsClients.of(proxy.port()).dynamoDb();
                SqsClient queues = AwsClients.of(proxy.port()).sqs()) {
            table.write("table is there");
            String url = queues.createQueue(queue -> queue.queueName("retried")).queueUrl();
            for (int i = 0; i < leaders * CALLS_A_LEADER; i++) {
                if (i > 0 && i % CALLS_A_LEADER == 0) {
                    changeLeader(entry);
                }
                putOnce(proxy, items, i);
                sendOnce(proxy, queues, url, i);
            }
            assertStoredOnce(queues, url, leaders * CALLS_A_LEADER);
        }
    }

    /** The old item is answered by the attempt that is heard though it was replaced by the one that was not. */
    private static void putOnce(TcpProxy proxy, DynamoDbClient items, int call) {
        proxy.loseNext(Direction.TO_CLIENT, 1);
        Map<String, AttributeValue> old = items
                .putItem(put -> put.tableName(TABLE)
                        .item(Map.of("id", AttributeValue.fromS("one"), "v",
                                AttributeValue.fromN(String.valueOf(call))))
                        .returnValues(ReturnValue.ALL_OLD))
                .attributes();
        assertThat(proxy.lossesLeft(Direction.TO_CLIENT)).as("answers not lost").isZero();
        assertThat(old.get("v")).as("what call %s replaced", call)
                .isEqualTo(call == 0 ? null : AttributeValue.fromN(String.valueOf(call - 1)));
    }

    private static void sendOnce(TcpProxy proxy, SqsClient queues, String url, int call) {
        proxy.loseNext(Direction.TO_CLIENT, 1);
        queues.sendMessage(send -> send.queueUrl(url).messageBody(String.valueOf(call)));
        assertThat(proxy.lossesLeft(Direction.TO_CLIENT)).as("answers not lost").isZero();
    }

    private static void assertStoredOnce(SqsClient queues, String url, int expected) {
        List<Message> taken;
        int count = 0;
        do {
            taken = queues.receiveMessage(
                    receive -> receive.queueUrl(url).maxNumberOfMessages(10)
                            .visibilityTimeout(3_600))
                    .messages();
            count += taken.size();
        } while (!taken.isEmpty());
        assertThat(count).as("messages stored").isEqualTo(expected);
    }

    /** Kills whoever leads, but never the entry, which the calls go through. */
    private void changeLeader(ClusterNode entry) {
        ClusterNode leader = cluster().awaitLeader();
        ClusterNode stopped = leader == entry ? cluster().others(entry).get(0) : leader;
        stopped.killNine();
        ClusterNode unused = cluster().awaitLeader(cluster().others(stopped));
        cluster().start(stopped);
        cluster().awaitReady();
    }
}
