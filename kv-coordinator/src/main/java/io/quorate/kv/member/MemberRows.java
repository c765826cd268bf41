package io.quorate.kv.member;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.mvcc.MvccStore;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The rows about members, in the default group: one a name, and one for each data directory that was
 * removed, which never comes back. Read from this node's own state, which may lag behind; blocks on the
 * disk.
 */
final class MemberRows {
    private static final long MEMBER = 2;
    private static final long REMOVED = 3;
    /** The default group owns it as long as there is one group, and the coordinator's kinds after that. */
    private static final int ROUTE = 0;
    private static final int VERSION = 1;
    /** Rows looked at; there are never as many. */
    private static final int MAX_ROWS = 64;

    private final MvccStore store;

    MemberRows(MvccStore store) {
        this.store = store;
    }

    /** All of them, by name. */
    Map<String, MemberRow> all() {
        KeyRange range = KeyEncoder.of(MEMBER).onRoute(ROUTE).below();
        Map<String, MemberRow> rows = new TreeMap<>();
        store.scanLatest(Scan.ascending(range, MAX_ROWS)).rows().forEach(row -> {
            MemberRow member = MemberRow.decode(row.value());
            rows.put(member.who().nodeId(), member);
        });
        return rows;
    }

    boolean isRemoved(UUID member) {
        return store.getLatest(removedKey(member)).isPresent();
    }

    static Mutation put(MemberRow row) {
        return new Mutation.Put(key(row.who().nodeId()), row.encode());
    }

    static Mutation delete(String nodeId) {
        return new Mutation.Delete(key(nodeId));
    }

    /** Writes down that a data directory is a member no more. */
    static Mutation removed(UUID member, String nodeId) {
        Value value = new RowWriter(VERSION).text(nodeId).toValue();
        return new Mutation.Put(removedKey(member), value);
    }

    /** The name that a removed data directory had. */
    Optional<String> nameOfRemoved(UUID member) {
        return store.getLatest(removedKey(member)).map(Versioned::value)
                .map(value -> new RowReader(value, VERSION).text());
    }

    private static Key key(String nodeId) {
        return KeyEncoder.of(MEMBER).add(nodeId).onRoute(ROUTE).toKey();
    }

    private static Key removedKey(UUID member) {
        return KeyEncoder.of(REMOVED).add(member.getMostSignificantBits())
                .add(member.getLeastSignificantBits()).onRoute(ROUTE).toKey();
    }
}
