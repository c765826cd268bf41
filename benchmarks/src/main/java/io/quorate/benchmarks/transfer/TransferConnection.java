package io.quorate.benchmarks.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One keep-alive connection that sends and takes large bodies. Not safe for threads. */
final class TransferConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int MAX_HEAD = 16 * 1024;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private final Selector selector = Selector.open();
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer received = ByteBuffer.allocateDirect(LargeBody.PERIOD);

    TransferConnection(InetSocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** The head of an answer. */
    record Answer(int status, long length) {
        boolean isOk() {
            return status >= 200 && status < 300;
        }
    }

    /** Sends all of it. */
    void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    void send(LargeBody body) throws IOException {
        for (long sent = 0; sent < body.length(); sent += LargeBody.PERIOD) {
            send(body.from(sent));
        }
    }

    /** Reads the head of the next answer; what came behind it stays for the body. */
    Answer head() throws IOException {
        received.clear();
        while (true) {
            receive();
            String text = ISO_8859_1.decode(received.duplicate().flip()
                    .limit(Math.min(received.position(), MAX_HEAD))).toString();
            int end = text.indexOf("\r\n\r\n");
            if (end >= 0) {
                received.flip().position(end + 4);
                Matcher length = LENGTH.matcher(text.substring(0, end + 2));
                return new Answer(Integer.parseInt(text.substring(9, 12)),
                        length.find() ? Long.parseLong(length.group(1)) : 0);
            }
            if (received.position() >= MAX_HEAD) {
                throw new IOException("an endless head");
            }
        }
    }

    /** Reads the body of an answer away, and says whether it is this one. */
    boolean bodyIs(Answer answer, LargeBody expected) throws IOException {
        boolean right = answer.length() == expected.length();
        long offset = 0;
        while (offset < answer.length()) {
            if (!received.hasRemaining()) {
                received.clear();
                receive();
                received.flip();
            }
            right = right && expected.isAt(offset, received);
            offset += received.remaining();
            received.position(received.limit());
        }
        return right;
    }

    /** Reads the body of an answer away. */
    void skip(Answer answer) throws IOException {
        long left = answer.length() - received.remaining();
        while (left > 0) {
            received.clear();
            receive();
            left -= received.position();
        }
        received.clear().limit(0);
    }

    private void receive() throws IOException {
        int count = channel.read(received);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = channel.read(received);
        }
        if (count < 0) {
            throw new IOException("closed by the server");
        }
    }

    private void await(int interest) throws IOException {
        key.interestOps(interest);
        selector.select(PATIENCE_MILLIS);
        if (selector.selectedKeys().isEmpty()) {
            throw new IOException("nothing moved within the patience");
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
