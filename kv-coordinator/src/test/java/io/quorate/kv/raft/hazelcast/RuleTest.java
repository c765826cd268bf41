package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.RaftDriver;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import io.quorate.kv.raft.hazelcast.wire.RaftMessageCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A world on Hazelcast's engine whose messages the test sees and makes. */
abstract class RuleTest {
    private @Nullable HazelcastWorld opened;

    HazelcastWorld open(int members) {
        return open(members, MemberDisk::inMemory);
    }

    HazelcastWorld open(int members, MemberDisk.Maker disks) {
        return open(new HazelcastWorld(members, 11, TestSettings.small(), disks));
    }

    HazelcastWorld open(int members, RaftSettings settings) {
        return open(new HazelcastWorld(members, 11, settings, MemberDisk::inMemory));
    }

    private HazelcastWorld open(HazelcastWorld world) {
        opened = world;
        return world;
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    static RaftDriver drive(HazelcastWorld world) {
        return new RaftDriver(world);
    }

    /** Collects what is sent from now on of this type. */
    static List<Firewall.Envelope> record(HazelcastWorld world, MessageType type) {
        List<Firewall.Envelope> seen = new ArrayList<>();
        world.firewall().observe(envelope -> {
            if (envelope.type() == type) {
                seen.add(envelope);
            }
        });
        return seen;
    }

    static void inject(HazelcastWorld world, String from, String to, RaftMessage message) {
        byte[] bytes = RaftMessageCodec.encode(message);
        world.firewall().inject(new Firewall.Envelope(from, to, 0, MessageType.of(bytes), bytes));
    }
}
