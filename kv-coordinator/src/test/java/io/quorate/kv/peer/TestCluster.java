package io.quorate.kv.peer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/** A membership that tests change as they like; all nodes of a test share it. Safe for any thread. */
public final class TestCluster implements ClusterView, PeerAddresses {
    /** The identity of the cluster of most tests. */
    public static final UUID CLUSTER = new UUID(0xC1, 1);

    private final Map<String, Member> members = new ConcurrentSkipListMap<>();
    private volatile Optional<UUID> clusterId = Optional.of(CLUSTER);

    /** The cluster's identity from now on. */
    public void clusterId(Optional<UUID> now) {
        clusterId = now;
    }

    /** Records where a node is reached and which data directory it has. */
    public void put(String nodeId, Optional<UUID> uuid, PeerAddress address) {
        members.put(nodeId, new Member(nodeId, uuid, address));
    }

    /** Forgets a node. */
    public void remove(String nodeId) {
        members.remove(nodeId);
    }

    @Override
    public Optional<UUID> clusterId() {
        return clusterId;
    }

    @Override
    public List<Member> members() {
        return List.copyOf(members.values());
    }

    @Override
    public Optional<PeerAddress> addressOf(String nodeId) {
        return Optional.ofNullable(members.get(nodeId)).map(Member::address);
    }
}
