package io.quorate.kv.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.peer.call.FailureCodec;
import io.quorate.kv.peer.wire.CallKind;
import io.quorate.kv.peer.wire.CallRequest;
import io.quorate.kv.peer.wire.CallResponse;
import io.quorate.kv.peer.wire.CheckpointChunk;
import io.quorate.kv.peer.wire.CheckpointManifest;
import io.quorate.kv.peer.wire.HelloResponse;
import io.quorate.kv.peer.wire.PeerHeader;
import io.quorate.kv.peer.wire.PeerStatus;
import io.quorate.kv.peer.wire.RaftFrame;
import io.quorate.kv.peer.wire.RaftReceipt;
import io.quorate.kv.peer.wire.RefusalReason;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import io.quorate.kv.raft.hazelcast.wire.RaftMessageCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages of protocol version 1, written down from docs/wire.md, are understood by this program. */
class RecordedMessagesTest {
    private static final Map<String, byte[]> RECORDED = recorded();
    /** CRC-32C of "123456789", the checksum's published check value. */
    private static final int CHECK_VALUE = 0xE3069283;

    private static Map<String, byte[]> recorded() {
        try (InputStream in = Objects.requireNonNull(
                RecordedMessagesTest.class.getResourceAsStream("/peer/protocol-1.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#")).map(line -> line.split(" ", 2))
                    .collect(Collectors.toMap(parts -> parts[0],
                            parts -> HexFormat.of().parseHex(parts[1])));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] message(String name) {
        return Objects.requireNonNull(RECORDED.get(name), name);
    }

    @ParameterizedTest
    @EnumSource
    void everyRaftMessageIsReadAndWrittenAsRecorded(MessageType type) {
        byte[] bytes = message("raft." + type);

        RaftMessage read = RaftMessageCodec.decode(bytes);

        assertThat(MessageType.of(bytes)).isEqualTo(type);
        assertThat(RaftMessageCodec.encode(read)).isEqualTo(bytes);
    }

    @Test
    void confirmSaysTermAndRound() {
        assertThat(RaftMessageCodec.decode(message("raft.CONFIRM")))
                .isEqualTo(new RaftMessage.ConfirmAsked(9, 123));
    }

    @Test
    void headerSaysWhoCallsWhom() throws InvalidProtocolBufferException {
        PeerHeader header = PeerHeader.parseFrom(message("PeerHeader"));

        assertThat(PeerHeaders.identity(header.getFrom()))
                .isEqualTo(new NodeIdentity("n1", new UUID(7, 1), 4));
        assertThat(Uuids.decode(header.getFrom().getClusterId())).contains(TestCluster.CLUSTER);
        assertThat(header.getFrom().getProtocolMin()).isEqualTo(1);
        assertThat(header.getFrom().getProtocolMax()).isEqualTo(1);
        assertThat(header.getToNodeId()).isEqualTo("n2");
        assertThat(Uuids.decode(header.getToMemberUuid())).contains(new UUID(7, 2));
    }

    @Test
    void helloTellsIdentityAndMembers() throws InvalidProtocolBufferException {
        assertThat(Hello.of(HelloResponse.parseFrom(message("HelloResponse"))))
                .isEqualTo(new Hello(new NodeIdentity("n1", new UUID(7, 1), 4),
                        Optional.of(TestCluster.CLUSTER),
                        List.of(new ClusterView.Member("n2", Optional.of(new UUID(7, 2)),
                                new PeerAddress("10.0.0.2", 4_568)))));
    }

    @Test
    void statusSaysRefusalOrFailure() throws InvalidProtocolBufferException {
        PeerStatus refusal = PeerStatus.parseFrom(message("PeerStatus.refusal"));

        assertThat(PeerHeaders.refusal(refusal.getRefusal()))
                .isEqualTo(new Refusal(RefusalReason.OTHER_CLUSTER, "other cluster"));
        assertThat(failure("PeerStatus.not_leader"))
                .isEqualTo(new KvFailure.NotLeader(Optional.of("n3")));
        assertThat(failure("PeerStatus.outcome_unknown"))
                .isEqualTo(new KvFailure.OutcomeUnknown());
        assertThat(PeerStatus.parseFrom(message("PeerStatus.checkpoint_gone")).hasCheckpointGone())
                .isTrue();
    }

    private static KvFailure failure(String name) throws InvalidProtocolBufferException {
        return FailureCodec.decode(PeerStatus.parseFrom(message(name)).getFailure());
    }

    @Test
    void requestSaysKindGroupAndContent() throws InvalidProtocolBufferException {
        CallRequest request = CallRequest.parseFrom(message("CallRequest"));

        assertThat(request.getKind()).isEqualTo(CallKind.COMMIT);
        assertThat(request.getGroup()).isEqualTo(7);
        assertThat(request.getRequest().toStringUtf8()).isEqualTo("request");
        assertThat(CallResponse.parseFrom(message("CallResponse")).getAnswer().toStringUtf8())
                .isEqualTo("answer");
    }

    @Test
    void frameHoldsMessagesOfGroups() throws InvalidProtocolBufferException {
        RaftFrame frame = RaftFrame.parseFrom(message("RaftFrame"));

        assertThat(frame.getMessagesList()).hasSize(1);
        assertThat(frame.getMessages(0).getGroup()).isEqualTo(300);
        assertThat(frame.getMessages(0).getPayload().toByteArray())
                .isEqualTo(message("raft.CONFIRM"));
        assertThat(frame.getReceiptWanted()).isTrue();
        assertThat(RaftReceipt.parseFrom(message("RaftReceipt")).getFrames()).isEqualTo(128);
    }

    @Test
    void checkpointIsDescribedAndSent() throws InvalidProtocolBufferException {
        CheckpointManifest manifest = CheckpointManifest.parseFrom(message("CheckpointManifest"));
        CheckpointChunk chunk = CheckpointChunk.parseFrom(message("CheckpointChunk"));

        assertThat(manifest.getIndex()).isEqualTo(5_000);
        assertThat(manifest.getTerm()).isEqualTo(8);
        assertThat(manifest.getMembersIndex()).isEqualTo(40);
        assertThat(manifest.getVoters(0).getNodeId()).isEqualTo("n1");
        assertThat(manifest.getFiles(0).getName()).isEqualTo("000012.sst");
        assertThat(manifest.getFiles(0).getLength()).isEqualTo(123_456);
        assertThat(manifest.getFiles(0).getCrc32C()).isEqualTo(CHECK_VALUE);
        assertThat(chunk.getFile()).isEqualTo(3);
        assertThat(chunk.getOffset()).isEqualTo(262_144);
        assertThat(chunk.getData().toStringUtf8()).isEqualTo("123456789");
        assertThat(chunk.getCrc32C()).isEqualTo(CHECK_VALUE);
    }
}
