package io.quorate.kv.peer.raft;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.quorate.kv.peer.raft.RaftFrame.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A frame's bytes. gRPC drains it into its own buffers; reading is for those who do not. */
final class FrameStream extends InputStream implements Drainable, KnownLength {
    private final RaftFrame frame;
    private final int length;
    private @Nullable ByteArrayInputStream read;
    private boolean drained;

    FrameStream(RaftFrame frame) {
        this.frame = frame;
        int sum = frame.receiptWanted() ? 2 : 0;
        for (Message message : frame.messages()) {
            int body = bodyLength(message);
            sum += 1 + WireFormat.varintLength(body) + body;
        }
        this.length = sum;
    }

    private static int bodyLength(Message message) {
        int payload = message.payload().length;
        return 1 + WireFormat.varintLength(message.group()) + 1
                + WireFormat.varintLength(payload) + payload;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
        if (drained) {
            return 0;
        }
        drained = true;
        for (Message message : frame.messages()) {
            WireFormat.writeVarint(target, FrameMarshaller.MESSAGES);
            WireFormat.writeVarint(target, bodyLength(message));
            WireFormat.writeVarint(target, FrameMarshaller.GROUP);
            WireFormat.writeVarint(target, message.group());
            WireFormat.writeVarint(target, FrameMarshaller.PAYLOAD);
            WireFormat.writeVarint(target, message.payload().length);
            target.write(message.payload());
        }
        if (frame.receiptWanted()) {
            WireFormat.writeVarint(target, FrameMarshaller.RECEIPT_WANTED);
            WireFormat.writeVarint(target, 1);
        }
        return length;
    }

    private ByteArrayInputStream reader() {
        ByteArrayInputStream present = read;
        if (present == null) {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
                drainTo(bytes);
                present = new ByteArrayInputStream(bytes.toByteArray());
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            read = present;
        }
        return present;
    }

    @Override
    public int read() {
        return reader().read();
    }

    @Override
    public int read(byte[] target, int offset, int count) {
        return reader().read(target, offset, count);
    }

    @Override
    public int available() {
        return drained && read == null ? 0 : read == null ? length : read.available();
    }
}
