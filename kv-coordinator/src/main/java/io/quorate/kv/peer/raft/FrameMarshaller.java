package io.quorate.kv.peer.raft;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.quorate.kv.peer.raft.RaftFrame.Message;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames as raft.proto defines them, written and read without the generated class: each message's bytes are copied once
 * on either side. Stateless.
 */
final class FrameMarshaller implements Marshaller<RaftFrame> {
    static final int MESSAGES = 1 << 3 | WireFormat.LENGTH_DELIMITED;
    static final int RECEIPT_WANTED = 2 << 3 | WireFormat.VARINT;
    static final int GROUP = 1 << 3 | WireFormat.VARINT;
    static final int PAYLOAD = 2 << 3 | WireFormat.LENGTH_DELIMITED;

    @Override
    public InputStream stream(RaftFrame frame) {
        return new FrameStream(frame);
    }

    @Override
    public RaftFrame parse(InputStream stream) {
        try {
            return parse(new WireFormat(stream));
        } catch (IOException malformed) {
            throw Status.INTERNAL.withDescription("malformed frame").withCause(malformed)
                    .asRuntimeException();
        }
    }

    private static RaftFrame parse(WireFormat in) throws IOException {
        List<Message> messages = new ArrayList<>();
        boolean receiptWanted = false;
        for (int tag = in.readTag(); tag != WireFormat.END; tag = in.readTag()) {
            switch (tag) {
                case MESSAGES -> messages.add(parseMessage(in));
                case RECEIPT_WANTED -> receiptWanted = in.readVarint() != 0;
                default -> in.skip(tag);
            }
        }
        return new RaftFrame(messages, receiptWanted);
    }

    private static Message parseMessage(WireFormat in) throws IOException {
        int outer = in.limit(in.readLength());
        int group = 0;
        byte[] payload = {};
        for (int tag = in.readTag(); tag != WireFormat.END; tag = in.readTag()) {
            switch (tag) {
                case GROUP -> group = (int) in.readVarint();
                case PAYLOAD -> payload = in.readBytes(in.readLength());
                default -> in.skip(tag);
            }
        }
        in.restore(outer);
        return new Message(group, payload);
    }
}
