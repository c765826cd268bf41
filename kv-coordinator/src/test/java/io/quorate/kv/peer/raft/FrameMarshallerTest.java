package io.quorate.kv.peer.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.Drainable;
import io.grpc.StatusRuntimeException;
import io.quorate.kv.peer.raft.RaftFrame.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hand-written marshaller against the class generated from raft.proto. */
class FrameMarshallerTest {
    private final FrameMarshaller marshaller = new FrameMarshaller();

    private static RaftFrame random(long seed) {
        Random random = new Random(seed);
        List<Message> messages = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            byte[] payload = new byte[random.nextBoolean() ? random.nextInt(3) : 300];
            random.nextBytes(payload);
            messages.add(new Message(random.nextInt(3) * random.nextInt(100_000), payload));
        }
        return new RaftFrame(messages, random.nextBoolean());
    }

    private static io.quorate.kv.peer.wire.RaftFrame generated(RaftFrame frame) {
        var wire = io.quorate.kv.peer.wire.RaftFrame.newBuilder()
                .setReceiptWanted(frame.receiptWanted());
        for (Message message : frame.messages()) {
            wire.addMessages(io.quorate.kv.peer.wire.RaftPayload.newBuilder()
                    .setGroup(message.group()).setPayload(ByteString.copyFrom(message.payload())));
        }
        return wire.build();
    }

    private static void assertSame(RaftFrame actual, RaftFrame expected) {
        assertThat(generated(actual)).isEqualTo(generated(expected));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void generatedClassReadsWhatIsWritten(long seed) throws IOException {
        RaftFrame frame = random(seed);
        InputStream stream = marshaller.stream(frame);
        int announced = stream.available();
        ByteArrayOutputStream drained = new ByteArrayOutputStream();

        assertThat(((Drainable) stream).drainTo(drained)).isEqualTo(announced);

        assertThat(drained.size()).isEqualTo(announced);
        assertThat(io.quorate.kv.peer.wire.RaftFrame.parseFrom(drained.toByteArray()))
                .isEqualTo(generated(frame));
        assertThat(marshaller.stream(frame).readAllBytes()).isEqualTo(drained.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void whatTheGeneratedClassWritesIsRead(long seed) {
        RaftFrame frame = random(seed);

        assertSame(marshaller.parse(new ByteArrayInputStream(generated(frame).toByteArray())),
                frame);
    }

    @Test
    void fieldsOfALaterVersionAreSkipped() {
        RaftFrame frame = new RaftFrame(List.of(new Message(9, new byte[]{1, 2, 3})), true);
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(77, UnknownFieldSet.Field.newBuilder().addVarint(1L << 50)
                        .addFixed32(3).addFixed64(4)
                        .addLengthDelimited(ByteString.copyFromUtf8("x"))
                        .build())
                .build();
        byte[] wire = generated(frame).toBuilder().setUnknownFields(later).build().toByteArray();

        assertSame(marshaller.parse(new ByteArrayInputStream(wire)), frame);
    }

    @Test
    void frameThatIsCutOffAnywhereIsRefusedOrShorter() {
        RaftFrame frame = new RaftFrame(List.of(new Message(300, new byte[]{5, 6, 7, 8})), false);
        byte[] wire = generated(frame).toByteArray();

        for (int length = 1; length < wire.length; length++) {
            byte[] cut = Arrays.copyOf(wire, length);
            assertThatThrownBy(() -> marshaller.parse(new ByteArrayInputStream(cut)))
                    .isInstanceOf(StatusRuntimeException.class);
        }
    }

    @Test
    void lengthBeyondTheFrameAllocatesNothing() {
        byte[] twoGigabytesAnnounced = {FrameMarshaller.MESSAGES, (byte) 0xff, (byte) 0xff,
            (byte) 0xff, (byte) 0xff, 0x07};

        assertThatThrownBy(
                () -> marshaller.parse(new ByteArrayInputStream(twoGigabytesAnnounced)))
                .isInstanceOf(StatusRuntimeException.class);
    }
}
