package io.quorate.kv.member;

import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Who the other nodes are and where, from everything this node has heard: its command line, the rows of
 * the cluster, the voters of the group, who asks to be let in, and at which address each last answered.
 * Safe for any thread, returns at once.
 */
public final class Roster {
    private final RaftMember self;
    private final Map<String, String> configured;
    /** Heard from those who are let in, or who let this node in; wins over what is written down. */
    private final Map<String, MemberRow> guests = new ConcurrentHashMap<>();
    /** Where a node answered when it was greeted. */
    private final Map<String, String> proven = new ConcurrentHashMap<>();
    private volatile Map<String, MemberRow> rows = Map.of();
    private volatile Optional<Founded> founded;
    private volatile Supplier<List<RaftMember>> voters = List::of;

    /**
     * Makes the roster of a node that starts.
     *
     * @param configured addresses given on the command line, by name
     * @param founded the cluster it belongs to, if it does
     */
    public Roster(RaftMember self, Map<String, String> configured, Optional<Founded> founded) {
        this.self = self;
        this.configured = Map.copyOf(configured);
        this.founded = founded;
    }

    /** One that can be talked to, or could be if its address were known. */
    public record Contact(String nodeId, Optional<UUID> member, Optional<String> address) {}

    public RaftMember self() {
        return self;
    }

    /** The cluster, once there is one. */
    public Optional<UUID> cluster() {
        return founded.map(Founded::cluster);
    }

    /** This node has founded or joined a cluster. */
    public void belongsTo(Founded cluster) {
        founded = Optional.of(cluster);
    }

    /** The group is open. */
    public void votersFrom(Supplier<List<RaftMember>> now) {
        voters = now;
    }

    /** Takes over what is written down now, and tells for whom another address came with it. */
    Set<String> wrote(Map<String, MemberRow> now) {
        Map<String, MemberRow> before = rows;
        Set<String> moved = new HashSet<>();
        now.forEach((name, row) -> {
            MemberRow old = before.get(name);
            if (old == null || !old.address().equals(row.address())) {
                proven.remove(name);
                moved.add(name);
            }
        });
        rows = Map.copyOf(now);
        guests.values().removeIf(guest -> guest.equals(now.get(guest.who().nodeId())));
        return moved;
    }

    void expects(MemberRow guest) {
        if (!guest.who().nodeId().equals(self.nodeId())) {
            guests.put(guest.who().nodeId(), guest);
            proven.remove(guest.who().nodeId());
        }
    }

    void forgets(String nodeId) {
        guests.remove(nodeId);
    }

    void answeredAt(String nodeId, String address) {
        proven.put(nodeId, address);
    }

    /** What is written down about a member. */
    Optional<MemberRow> row(String nodeId) {
        return Optional.ofNullable(rows.get(nodeId));
    }

    Map<String, MemberRow> rows() {
        return rows;
    }

    /** Everybody known, this node among them, in order of name. */
    public List<Contact> contacts() {
        Map<String, Contact> all = new TreeMap<>();
        Set<String> names = new LinkedHashSet<>(founded.isEmpty() ? configured.keySet() : Set.of());
        founded.ifPresent(cluster -> (isOpen() ? voters.get() : cluster.members())
                .forEach(voter -> names.add(voter.nodeId())));
        names.addAll(rows.keySet());
        names.addAll(guests.keySet());
        names.forEach(name -> all.put(name,
                new Contact(name, memberOf(name), addressOf(name))));
        return new ArrayList<>(all.values());
    }

    private boolean isOpen() {
        return !voters.get().isEmpty();
    }

    /** The data directory that a name stands for, as far as known. */
    public Optional<UUID> memberOf(String nodeId) {
        if (nodeId.equals(self.nodeId())) {
            return Optional.of(self.uuid());
        }
        MemberRow guest = guests.get(nodeId);
        MemberRow row = guest == null ? rows.get(nodeId) : guest;
        if (row != null) {
            return Optional.of(row.who().uuid());
        }
        List<RaftMember> members = isOpen()
                ? voters.get()
                : founded.map(Founded::members).orElse(List.of());
        return members.stream().filter(member -> member.nodeId().equals(nodeId)).findFirst()
                .map(RaftMember::uuid);
    }

    /** Where a node is, as far as known. */
    public Optional<String> addressOf(String nodeId) {
        return Optional.ofNullable(proven.get(nodeId))
                .or(() -> addresses(nodeId).stream().findFirst());
    }

    /** Every address at which a node may be, the most recent first. */
    List<String> addresses(String nodeId) {
        Set<String> found = new LinkedHashSet<>();
        Optional.ofNullable(guests.get(nodeId)).map(MemberRow::address).ifPresent(found::add);
        row(nodeId).map(MemberRow::address).ifPresent(found::add);
        Optional.ofNullable(configured.get(nodeId)).ifPresent(found::add);
        Optional.ofNullable(proven.get(nodeId)).ifPresent(found::add);
        found.remove("");
        return List.copyOf(found);
    }

    /** Everybody's addresses but this node's own, to ask one after the other. */
    List<String> everywhere() {
        Set<String> found = new LinkedHashSet<>();
        for (Contact contact : contacts()) {
            if (!contact.nodeId().equals(self.nodeId())) {
                contact.address().ifPresent(found::add);
                found.addAll(addresses(contact.nodeId()));
            }
        }
        configured.forEach((name, address) -> {
            if (!name.equals(self.nodeId())) {
                found.add(address);
            }
        });
        return List.copyOf(found);
    }
}
