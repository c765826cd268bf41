package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.key;
import static io.quorate.kv.node.RunningNode.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Committed;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderHandler.Decision;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation.Put;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {
    @TempDir
    Path directory;

    @Test
    void whatIsCommittedIsRead() throws Exception {
        try (RunningNode node = RunningNode.on(directory)) {
            Committed committed = node.commit(Transaction.of(new Put(key("a"), value("1"))));

            assertThat(node.text(key("a"))).contains("1");
            assertThat(node.get(key("a")).orElseThrow().version())
                    .isEqualTo(committed.commitTs());
            assertThat(node.get(key("b"))).isEmpty();
        }
    }

    @Test
    void restartKeepsEverythingAcknowledged() throws Exception {
        try (RunningNode node = RunningNode.on(directory)) {
            for (int i = 0; i < 200; i++) {
                node.commit(Transaction.of(new Put(key("k" + i), value("v" + i))));
            }
        }

        try (RunningNode node = RunningNode.on(directory)) {
            for (int i = 0; i < 200; i++) {
                assertThat(node.text(key("k" + i))).contains("v" + i);
            }
        }
    }

    @Test
    void handlerRunsAtTheLeaderAndItsChangeIsCommitted() throws Exception {
        try (RunningNode node = RunningNode.on(directory)) {
            node.node().atLeader().register("append", new LeaderHandler() {
                @Override
                public List<io.quorate.kv.Key> latches(Value request) {
                    return List.of(key("log"));
                }

                @Override
                public Decision handle(LeaderView view, Value request) {
                    String before = view.get(key("log")).map(row -> RunningNode.text(row.value()))
                            .orElse("");
                    Value after = value(before + RunningNode.text(request));
                    return new Decision(Transaction.of(new Put(key("log"), after)), after);
                }
            });

            RunningNode.await(node.node().atLeader().call(key("log"), "append", value("a")));
            Value answer = RunningNode
                    .await(node.node().atLeader().call(key("log"), "append", value("b")));

            assertThat(answer).isEqualTo(value("ab"));
            assertThat(node.text(key("log"))).contains("ab");
        }
    }

    @Test
    void aStartedNodeIsReadyAndLeads() throws Exception {
        try (RunningNode node = RunningNode.on(directory)) {
            assertThat(node.node().health().reasonNotReady()).isEmpty();
            RunningNode.awaitEnd(node.node().probe().verifyLeader());
            assertThat(node.node().probe().knownLeader(0)).isEqualTo(Optional.of("n1"));
        }
    }
}
