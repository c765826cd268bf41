package io.quorate.kv.raft.hazelcast.wire;

import com.hazelcast.cp.internal.raft.impl.dto.AppendRequest;
import com.hazelcast.cp.internal.raft.impl.dto.AppendSuccessResponse;
import com.hazelcast.cp.internal.raft.impl.dto.PreVoteRequest;
import com.hazelcast.cp.internal.raft.impl.dto.PreVoteResponse;
import com.hazelcast.cp.internal.raft.impl.dto.TriggerLeaderElection;
import com.hazelcast.cp.internal.raft.impl.dto.VoteRequest;
import com.hazelcast.cp.internal.raft.impl.dto.VoteResponse;
import com.hazelcast.cp.internal.raft.impl.log.LogEntry;

/** Turns messages into bytes and back. Stateless. */
public final class RaftMessageCodec {
    /** An entry's bytes on the wire beside its operation: term, index, length. */
    private static final int ENTRY_HEADER_BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES;
    private static final int APPEND_HEADER_BYTES = 128;

    private RaftMessageCodec() {}

    /** The message's bytes. */
    public static byte[] encode(RaftMessage message) {
        return switch (message) {
            case RaftMessage.PreVoteAsked asked -> encode(asked.request());
            case RaftMessage.PreVoteAnswered answered -> encode(answered.response());
            case RaftMessage.VoteAsked asked -> encode(asked.request());
            case RaftMessage.VoteAnswered answered -> encode(answered.response());
            case RaftMessage.Append append -> encode(append.request());
            case RaftMessage.AppendAccepted accepted -> encode(accepted.response());
            case RaftMessage.AppendRejected rejected -> start(MessageType.APPEND_FAILURE)
                    .writeMember(rejected.follower()).writeInt(rejected.term())
                    .writeLong(rejected.expectedNextIndex())
                    .writeLong(rejected.sequence()).writeLong(rejected.lastIndex()).toBytes();
            case RaftMessage.SnapshotOffered offered -> start(MessageType.INSTALL_SNAPSHOT)
                    .writeMember(offered.leader()).writeInt(offered.term())
                    .writeLong(offered.index()).writeInt(offered.indexTerm()).toBytes();
            case RaftMessage.ElectionTriggered triggered -> encode(triggered.request());
            case RaftMessage.ConfirmAsked asked ->
                start(MessageType.CONFIRM).writeLong(asked.term())
                        .writeLong(asked.round()).toBytes();
            case RaftMessage.ConfirmAnswered answered ->
                start(MessageType.CONFIRMED).writeLong(answered.term())
                        .writeLong(answered.round()).toBytes();
        };
    }

    /**
     * The message in these bytes.
     *
     * @throws WireException             if they are no message
     * @throws UnknownOperationException if an entry is of a kind this program does not know
     */
    public static RaftMessage decode(byte[] bytes) {
        MessageType type = MessageType.of(bytes);
        WireReader reader = new WireReader(bytes);
        reader.readByte();
        RaftMessage message = decode(type, reader);
        reader.end();
        return message;
    }

    private static RaftMessage decode(MessageType type, WireReader in) {
        return switch (type) {
            case PRE_VOTE_REQUEST -> new RaftMessage.PreVoteAsked(
                    new PreVoteRequest(in.readMember(), in.readInt(), in.readInt(), in.readLong()));
            case PRE_VOTE_RESPONSE -> new RaftMessage.PreVoteAnswered(
                    new PreVoteResponse(in.readMember(), in.readInt(), in.readBoolean()));
            case VOTE_REQUEST -> new RaftMessage.VoteAsked(
                    new VoteRequest(in.readMember(), in.readInt(), in.readInt(), in.readLong(),
                            in.readBoolean()));
            case VOTE_RESPONSE -> new RaftMessage.VoteAnswered(
                    new VoteResponse(in.readMember(), in.readInt(), in.readBoolean()));
            case HEARTBEAT, APPEND -> new RaftMessage.Append(decodeAppend(in));
            case APPEND_SUCCESS ->
                new RaftMessage.AppendAccepted(new AppendSuccessResponse(in.readMember(),
                        in.readInt(), in.readLong(), in.readLong(), in.readLong()));
            case APPEND_FAILURE ->
                new RaftMessage.AppendRejected(in.readMember(), in.readInt(), in.readLong(),
                        in.readLong(), in.readLong());
            case INSTALL_SNAPSHOT ->
                new RaftMessage.SnapshotOffered(in.readMember(), in.readInt(), in.readLong(),
                        in.readInt());
            case TRIGGER_ELECTION -> new RaftMessage.ElectionTriggered(
                    new TriggerLeaderElection(in.readMember(), in.readInt(), in.readInt(),
                            in.readLong()));
            case CONFIRM -> new RaftMessage.ConfirmAsked(in.readLong(), in.readLong());
            case CONFIRMED -> new RaftMessage.ConfirmAnswered(in.readLong(), in.readLong());
        };
    }

    private static byte[] encode(PreVoteRequest request) {
        return start(MessageType.PRE_VOTE_REQUEST).writeMember((RaftMember) request.candidate())
                .writeInt(request.nextTerm()).writeInt(request.lastLogTerm())
                .writeLong(request.lastLogIndex())
                .toBytes();
    }

    private static byte[] encode(PreVoteResponse response) {
        return start(MessageType.PRE_VOTE_RESPONSE).writeMember((RaftMember) response.voter())
                .writeInt(response.term()).writeBoolean(response.granted()).toBytes();
    }

    private static byte[] encode(VoteRequest request) {
        return start(MessageType.VOTE_REQUEST).writeMember((RaftMember) request.candidate())
                .writeInt(request.term())
                .writeInt(request.lastLogTerm()).writeLong(request.lastLogIndex())
                .writeBoolean(request.isDisruptive())
                .toBytes();
    }

    private static byte[] encode(VoteResponse response) {
        return start(MessageType.VOTE_RESPONSE).writeMember((RaftMember) response.voter())
                .writeInt(response.term())
                .writeBoolean(response.granted()).toBytes();
    }

    private static byte[] encode(AppendSuccessResponse response) {
        return start(MessageType.APPEND_SUCCESS).writeMember((RaftMember) response.follower())
                .writeInt(response.term()).writeLong(response.lastLogIndex())
                .writeLong(response.queryRound())
                .writeLong(response.flowControlSequenceNumber()).toBytes();
    }

    private static byte[] encode(TriggerLeaderElection request) {
        return start(MessageType.TRIGGER_ELECTION).writeMember((RaftMember) request.leader())
                .writeInt(request.term())
                .writeInt(request.lastLogTerm()).writeLong(request.lastLogIndex()).toBytes();
    }

    private static byte[] encode(AppendRequest request) {
        int size = APPEND_HEADER_BYTES;
        for (LogEntry entry : request.entries()) {
            size += ENTRY_HEADER_BYTES + OperationCodec.encodedLength(entry.operation());
        }
        MessageType type = request.entryCount() == 0 ? MessageType.HEARTBEAT : MessageType.APPEND;
        WireWriter out = new WireWriter(size).writeByte(type.code())
                .writeMember((RaftMember) request.leader())
                .writeInt(request.term()).writeInt(request.prevLogTerm())
                .writeLong(request.prevLogIndex())
                .writeLong(request.leaderCommitIndex()).writeLong(request.queryRound())
                .writeLong(request.flowControlSequenceNumber()).writeInt(request.entryCount());
        for (LogEntry entry : request.entries()) {
            out.writeInt(entry.term()).writeLong(entry.index());
            writeOperation(out, entry.operation());
        }
        return out.toBytes();
    }

    private static void writeOperation(WireWriter out, Object operation) {
        if (operation instanceof LogOperation.Command command) {
            out.writeInt(command.entry().length + 1).writeByte(OperationCodec.COMMAND)
                    .writeRaw(command.entry());
        } else {
            out.writeBytes(OperationCodec.encode(operation));
        }
    }

    private static AppendRequest decodeAppend(WireReader in) {
        RaftMember leader = in.readMember();
        int term = in.readInt();
        int previousTerm = in.readInt();
        long previousIndex = in.readLong();
        long commitIndex = in.readLong();
        long queryRound = in.readLong();
        long sequence = in.readLong();
        LogEntry[] entries = new LogEntry[in.readCount(ENTRY_HEADER_BYTES)];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new LogEntry(in.readInt(), in.readLong(),
                    OperationCodec.decode(in.readBytes()));
        }
        return new AppendRequest(leader, term, previousTerm, previousIndex, commitIndex, entries,
                queryRound,
                sequence);
    }

    private static WireWriter start(MessageType type) {
        return new WireWriter(0).writeByte(type.code());
    }
}
