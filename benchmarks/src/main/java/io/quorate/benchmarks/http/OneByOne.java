package io.quorate.benchmarks.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** A blocking connection for what comes before the load: tables, buckets, items. */
public final class OneByOne implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final ReplyReader reader = new ReplyReader();
    private final byte[] received = new byte[64 * 1024];

    /** Connects. */
    public OneByOne(InetSocketAddress address) throws IOException {
        socket.connect(address, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** Sends a request and waits for its answer. */
    public Reply call(Message message) throws IOException {
        message.writeTo(socket.getOutputStream());
        Optional<Reply> reply = Optional.empty();
        while (reply.isEmpty()) {
            int count = socket.getInputStream().read(received);
            if (count < 0) {
                throw new IOException("closed by the server");
            }
            reply = reader.take(received, count);
        }
        return reply.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
