package io.quorate.kv.raft.hazelcast;

import com.hazelcast.cp.internal.raft.impl.RaftEndpoint;
import com.hazelcast.cp.internal.raft.impl.dto.AppendRequest;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;
import io.quorate.kv.raft.hazelcast.wire.OperationCodec;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import io.quorate.kv.raft.hazelcast.wire.RaftMessageCodec;
import java.util.Arrays;

/** The only way by which a group's messages leave the node; once shut, nothing more is said. */
final class Outbox {
    private final int groupId;
    private final int appendBytes;
    private final RaftTransport transport;
    private boolean shut;

    Outbox(int groupId, int appendBytes, RaftTransport transport) {
        this.groupId = groupId;
        this.appendBytes = appendBytes;
        this.transport = transport;
    }

    void shut() {
        shut = true;
    }

    boolean send(RaftMessage message, RaftEndpoint target) {
        if (shut) {
            return false;
        }
        transport.send(((RaftMember) target).nodeId(), groupId, RaftMessageCodec.encode(message));
        return true;
    }

    boolean send(AppendRequest request, RaftEndpoint target) {
        return send(new RaftMessage.Append(shorten(request)), target);
    }

    /** Cuts an append to its byte bound; the follower's answer names the last index it got, so nothing is lost. */
    private AppendRequest shorten(AppendRequest request) {
        LogEntry[] entries = request.entries();
        int kept = 0;
        long bytes = 0;
        while (kept < entries.length) {
            bytes += OperationCodec.encodedLength(entries[kept].operation());
            if (bytes > appendBytes && kept > 0) {
                break;
            }
            kept++;
        }
        return kept == entries.length
                ? request
                : new AppendRequest(request.leader(), request.term(), request.prevLogTerm(),
                        request.prevLogIndex(),
                        request.leaderCommitIndex(), Arrays.copyOf(entries, kept),
                        request.queryRound(),
                        request.flowControlSequenceNumber());
    }
}
