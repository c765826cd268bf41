package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.value;

import io.quorate.kv.Deadline;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** A process that commits numbered rows and prints each number once it is acknowledged, until killed. */
final class AcknowledgingWriter {
    private static final int CALLERS = 16;

    private AcknowledgingWriter() {}

    public static void main(String[] args) throws Exception {
        int first = Integer.parseInt(args[1]);
        try (RunningNode node = RunningNode.on(Path.of(args[0]))) {
            Flux.range(first, 1_000_000).flatMap(i -> node.node().kv()
                    .commit(Transaction.of(new Put(key("k" + i), value("v" + i)),
                            new Put(key("twin" + i), value("v" + i))))
                    .thenReturn(i), CALLERS)
                    .doOnNext(i -> {
                        System.out.println("ack " + i);
                        System.out.flush();
                    }).contextWrite(Deadline.after(Duration.ofMinutes(5))::into).blockLast();
        }
    }
}
