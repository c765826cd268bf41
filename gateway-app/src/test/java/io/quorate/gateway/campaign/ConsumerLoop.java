package io.quorate.gateway.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * One queue with a producer and consumers that never give up: whatever fails is tried again at the next node. Remembers
 * what was accepted, received and deleted, and in which order.
 */
final class ConsumerLoop implements AutoCloseable {
    private static final int GROUPS = 8;
    private static final int CONSUMERS = 2;
    private static final int WAIT_SECONDS = 5;
    /** Messages that a lost answer took along come back after this. */
    private static final int VISIBILITY_SECONDS = 20;
    private static final Duration DRAIN = Duration.ofMinutes(5);

    private final List<SqsClient> clients;
    private final String url;
    private final boolean fifo;
    private final ScheduledExecutorService threads = Executors
            .newScheduledThreadPool(CONSUMERS + 1);
    private final Seen seen = new Seen();
    private final int[] next = new int[GROUPS];
    private int turn;
    private volatile boolean producing = true;
    private volatile boolean consuming = true;

    /** What happened to each message; the key is its body, {@code group:number}. */
    private static final class Seen {
        private final Set<String> accepted = new TreeSet<>();
        private final Map<String, String> ids = new HashMap<>();
        private final Map<String, Long> deletedNanos = new HashMap<>();
        private final Map<String, Integer> lastOfGroup = new HashMap<>();
        private final List<String> wrong = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();
        private int receives;

        synchronized void accepted(String body) {
            accepted.add(body);
        }

        synchronized void received(Message message, boolean fifo, long askedNanos) {
            receives++;
            String body = message.body();
            String first = ids.putIfAbsent(body, message.messageId());
            if (!fifo) {
                return;
            }
            if (first != null && !first.equals(message.messageId())) {
                wrong.add(body + " is stored twice: " + first + ", " + message.messageId());
            }
            Long gone = deletedNanos.get(body);
            if (gone != null && gone - askedNanos < 0) {
                wrong.add(body + " was received after its deletion");
            }
            String[] parts = body.split(":");
            int number = Integer.parseInt(parts[1]);
            int last = lastOfGroup.getOrDefault(parts[0], -1);
            if (first == null && number != last + 1) {
                wrong.add(body + " came after number " + last);
            }
            lastOfGroup.merge(parts[0], number, Math::max);
        }

        synchronized void deleted(String body) {
            deletedNanos.putIfAbsent(body, System.nanoTime());
        }

        synchronized void failed(Throwable failure) {
            failures.add(failure);
        }

        synchronized int receives() {
            failures.forEach(failure -> {
                throw new AssertionError("a producer or a consumer has ended", failure);
            });
            return receives;
        }

        synchronized boolean allDeleted() {
            return deletedNanos.keySet().containsAll(accepted);
        }

        synchronized Collection<String> missing() {
            Set<String> missing = new TreeSet<>(accepted);
            missing.removeAll(ids.keySet());
            return missing;
        }
    }

    private ConsumerLoop(ClusterProcesses cluster, String name, boolean fifo) {
        this.fifo = fifo;
        this.clients = cluster.nodes().stream().map(node -> node.clients().sqs()).toList();
        this.url = clients.getFirst().createQueue(queue -> queue.queueName(name)
                .attributes(fifo ? Map.of(QueueAttributeName.FIFO_QUEUE, "true") : Map.of()))
                .queueUrl();
    }

    /** Begins to send at a steady pace, and to receive. */
    static ConsumerLoop begin(ClusterProcesses cluster, boolean fifo, Duration pace) {
        ConsumerLoop loop = new ConsumerLoop(cluster, fifo ? "loop.fifo" : "loop", fifo);
        var unused = loop.threads.scheduleWithFixedDelay(() -> loop.guarded(loop::send), 0,
                pace.toMillis(),
                TimeUnit.MILLISECONDS);
        for (int i = 0; i < CONSUMERS; i++) {
            int first = i;
            loop.threads.execute(() -> loop.guarded(() -> loop.consume(first)));
        }
        return loop;
    }

    /** How many messages were received so far, repetitions included. */
    int receives() {
        return seen.receives();
    }

    /** What is no failure of a call would end the loop unseen. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            if (consuming) {
                seen.failed(failure);
            }
            throw failure;
        }
    }

    private void send() {
        if (!producing) {
            return;
        }
        int group = turn++ % GROUPS;
        String body = group + ":" + next[group]++;
        for (int tries = turn; consuming; tries++) {
            try {
                clients.get(tries % clients.size()).sendMessage(send -> {
                    send.queueUrl(url).messageBody(body);
                    if (fifo) {
                        send.messageGroupId("g" + group).messageDeduplicationId(body);
                    }
                });
                seen.accepted(body);
                return;
            } catch (SdkException tried) {
                // Whether it was stored or not: under its deduplication id it is stored once.
                Thread.onSpinWait();
            }
        }
    }

    private void consume(int first) {
        for (int at = first; consuming; at++) {
            SqsClient client = clients.get(at % clients.size());
            try {
                long asked = System.nanoTime();
                for (Message message : client.receiveMessage(receive -> receive.queueUrl(url)
                        .maxNumberOfMessages(5).waitTimeSeconds(WAIT_SECONDS)
                        .visibilityTimeout(VISIBILITY_SECONDS)).messages()) {
                    seen.received(message, fifo, asked);
                    client.deleteMessage(delete -> delete.queueUrl(url)
                            .receiptHandle(message.receiptHandle()));
                    seen.deleted(message.body());
                }
            } catch (SdkException again) {
                // What was received and not deleted comes again, on a FIFO queue before all later ones.
                Thread.onSpinWait();
            }
        }
    }

    /** Stops sending, waits until everything accepted was deleted, and looks at what happened. */
    void assertNothingLost() {
        producing = false;
        await("everything accepted is received and deleted").atMost(DRAIN)
                .untilAsserted(() -> {
                    assertThat(seen.missing()).as("accepted and never received").isEmpty();
                    assertThat(seen.allDeleted()).as("everything deleted").isTrue();
                });
        synchronized (seen) {
            assertThat(seen.wrong).isEmpty();
        }
    }

    /** What was done, for people. */
    String summary() {
        synchronized (seen) {
            return (fifo ? "fifo" : "standard") + " accepted=" + seen.accepted.size()
                    + " received=" + seen.receives + " deleted=" + seen.deletedNanos.size();
        }
    }

    /** What the queue itself says that it holds. */
    String held() {
        for (SqsClient client : clients) {
            try {
                return client.getQueueAttributes(ask -> ask.queueUrl(url)
                        .attributeNames(QueueAttributeName.ALL)).attributesAsStrings().toString();
            } catch (SdkException down) {
                // Another node may know.
                Thread.onSpinWait();
            }
        }
        return "unknown";
    }

    @Override
    public void close() {
        producing = false;
        consuming = false;
        threads.shutdownNow();
        clients.forEach(SqsClient::close);
    }
}
