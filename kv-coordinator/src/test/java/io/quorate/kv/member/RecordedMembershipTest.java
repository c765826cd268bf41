package io.quorate.kv.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.ClusterStatus;
import io.quorate.kv.Value;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nodes of earlier releases ask and answer about the membership is understood, and said as they understand it. */
class RecordedMembershipTest {
    private static final UUID CLUSTER = new UUID(5, 6);
    private static final ClusterStatus BEFORE = new ClusterStatus(CLUSTER, "n1", Optional.of("n1"),
            9, 1_000, List.of(new ClusterStatus.Member("n2", new UUID(7, 2), "10.0.0.2:4568",
                    ClusterStatus.Role.FOLLOWER, 3, 40)),
            Optional.empty());

    private Map<String, Value> recorded = Map.of();

    @BeforeEach
    void read() throws IOException {
        try (InputStream in = Objects.requireNonNull(RecordedMembershipTest.class
                .getResourceAsStream("/peer/membership-1.txt"))) {
            recorded = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#")).map(line -> line.split(" ", 2))
                    .collect(Collectors.toMap(parts -> parts[0],
                            parts -> Value.of(HexFormat.of().parseHex(parts[1]))));
        }
    }

    @Test
    void everyQuestionIsReadAndWrittenAsRecorded() {
        same("Ask.Join", new Ask.Join("10.0.0.2:4568", true));
        same("Ask.Status", new Ask.Status());
        same("Ask.Add", new Ask.Add("n4", "10.0.0.4:4568"));
        same("Ask.Remove", new Ask.Remove("n4"));
        same("Ask.Transfer", new Ask.Transfer(Optional.of("n2")));
        same("Ask.CancelRemoval", new Ask.CancelRemoval("n4"));
    }

    @Test
    void everyAnswerIsReadAndWrittenAsRecorded() {
        same("Reply.Done", new Reply.Done());
        same("Reply.Welcome", new Reply.Welcome(CLUSTER,
                List.of(new MemberRow(new RaftMember(new UUID(7, 1), "n1"), "10.0.0.1:4568",
                        MemberRow.State.MEMBER)),
                true));
        same("Reply.Told", new Reply.Told(new ClusterStatus(BEFORE.cluster(), BEFORE.seenBy(),
                BEFORE.leader(), BEFORE.term(), BEFORE.commitIndex(), BEFORE.members(),
                Optional.of("node n4 is being removed"))));
        same("Reply.Removed", new Reply.Removed());
        same("Reply.Refused", new Reply.Refused("No."));
        same("Reply.Elsewhere", new Reply.Elsewhere(Optional.of("n2"), Optional.empty()));
        same("Reply.Later", new Reply.Later("soon"));
    }

    @Test
    void aStatusWithoutChangesIsThatOfAnEarlierRelease() {
        assertThat(Reply.decode(message("Reply.Told.before-changes")))
                .isEqualTo(new Reply.Told(BEFORE));
    }

    private void same(String name, Ask ask) {
        assertThat(Ask.decode(message(name))).isEqualTo(ask);
        assertThat(ask.encode()).isEqualTo(message(name));
    }

    private void same(String name, Reply reply) {
        assertThat(Reply.decode(message(name))).isEqualTo(reply);
        assertThat(reply.encode()).isEqualTo(message(name));
    }

    private Value message(String name) {
        return Objects.requireNonNull(recorded.get(name), name);
    }
}
