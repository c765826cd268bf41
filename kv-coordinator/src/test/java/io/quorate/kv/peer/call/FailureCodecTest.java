package io.quorate.kv.peer.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.peer.wire.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureCodecTest {
    static List<KvFailure> everyFailure() {
        return List.of(new KvFailure.NotLeader(Optional.of("n2")),
                new KvFailure.NotLeader(Optional.empty()), new KvFailure.NoLeader(),
                new KvFailure.LeadershipTransferInProgress(),
                new KvFailure.Overloaded("peer.calls"), new KvFailure.DeadlineExceeded(),
                new KvFailure.OutcomeUnknown(), new KvFailure.ConditionFailed(3),
                new KvFailure.ConditionFailed(0), new KvFailure.WriteConflict(),
                new KvFailure.Refused("too large"), new KvFailure.ReadTooOld(),
                new KvFailure.DiskFull(), new KvFailure.Poisoned("fsync failed"));
    }

    @ParameterizedTest
    @MethodSource("everyFailure")
    void failureArrivesAsItWasSent(KvFailure failure) throws InvalidProtocolBufferException {
        byte[] wire = FailureCodec.encode(failure).toByteArray();

        assertThat(FailureCodec.decode(Failure.parseFrom(wire))).isEqualTo(failure);
    }

    @Test
    void theListAboveLeavesNoKindOut() {
        List<String> listed = everyFailure().stream()
                .map(failure -> failure.getClass().getSimpleName()).distinct().sorted().toList();

        assertThat(listed).isEqualTo(Arrays.stream(KvFailure.class.getPermittedSubclasses())
                .map(Class::getSimpleName).sorted().toList());
    }

    @Test
    void everyKindOnTheWireIsOneOfOurs() {
        assertThat(Stream.of(Failure.KindCase.values())
                .filter(kind -> kind != Failure.KindCase.KIND_NOT_SET)
                .collect(Collectors.toSet()))
                .isEqualTo(everyFailure().stream().map(FailureCodec::encode)
                        .map(Failure::getKindCase).collect(Collectors.toSet()));
    }

    @Test
    void kindOfALaterVersionLeavesTheOutcomeOpen() throws InvalidProtocolBufferException {
        byte[] fieldNinetyNineEmpty = {(byte) 0x9A, 0x06, 0x00};

        assertThat(FailureCodec.decode(Failure.parseFrom(fieldNinetyNineEmpty)))
                .isEqualTo(new KvFailure.OutcomeUnknown());
    }

    @Test
    void longTextIsCutSoThatTrailersHoldIt() {
        KvFailure failure = FailureCodec
                .decode(FailureCodec.encode(new KvFailure.Refused("x".repeat(100_000))));

        assertThat(failure).isEqualTo(new KvFailure.Refused("x".repeat(FailureCodec.TEXT_MAX)));
    }
}
