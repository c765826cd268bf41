package io.quorate.kv.peer.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.raft.hazelcast.CheckpointMark;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "..", ".hidden", "../CURRENT", "a/b", "a\\b", "/etc/passwd",
        "nul\0"})
    void nameThatLeadsOutOfTheDirectoryIsRefused(String name) {
        assertThatThrownBy(() -> new Manifest.Entry(name, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fileNamedTwiceIsRefused() {
        Manifest.Entry file = new Manifest.Entry("CURRENT", 16, 0);
        CheckpointMark mark = new CheckpointMark(1, 1, 0,
                List.of(new RaftMember(new UUID(1, 1), "n1")));

        assertThatThrownBy(() -> new Manifest(new UUID(2, 2), mark, List.of(file, file)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
