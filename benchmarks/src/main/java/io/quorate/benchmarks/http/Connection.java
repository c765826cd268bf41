package io.quorate.benchmarks.http;

import io.quorate.benchmarks.Measurement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection with at most one request under way. Not safe for threads. */
final class Connection {
    private final InetSocketAddress address;
    private final Session session;
    private final Measurement measurement;
    private final Selector selector;
    private final byte[] received = new byte[64 * 1024];
    private ReplyReader reader = new ReplyReader();
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private ByteBuffer[] unsent = new ByteBuffer[0];
    private Session.@Nullable Call underWay;
    private long sentNanos;

    Connection(InetSocketAddress address, Session session, Measurement measurement,
            Selector selector) {
        this.address = address;
        this.session = session;
        this.measurement = measurement;
        this.selector = selector;
    }

    /** Connects and sends the first request. */
    void open() throws IOException {
        SocketChannel opened = SocketChannel.open(address);
        channel = opened;
        opened.configureBlocking(false);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = opened.register(selector, SelectionKey.OP_READ, this);
        reader = new ReplyReader();
        send(opened);
    }

    boolean isBusy() {
        return underWay != null;
    }

    /** The socket can be read or written. */
    void ready(boolean ending) {
        SocketChannel current = channel;
        if (current == null) {
            return;
        }
        try {
            write(current);
            read(current, ending);
        } catch (IOException e) {
            broken("connection broke: " + e, ending);
        }
    }

    /** Gives an answer up that takes too long. */
    void expire(long patienceNanos, boolean ending) {
        if (underWay != null && System.nanoTime() - sentNanos > patienceNanos) {
            broken("no answer within the patience", ending);
        }
    }

    void close() throws IOException {
        SocketChannel current = channel;
        if (current != null) {
            current.close();
        }
        channel = null;
    }

    private void send(SocketChannel current) throws IOException {
        Session.Call call = session.next();
        underWay = call;
        unsent = call.message().buffers();
        sentNanos = System.nanoTime();
        write(current);
    }

    private void write(SocketChannel current) throws IOException {
        SelectionKey registered = key;
        if (unsent.length == 0 || registered == null) {
            return;
        }
        current.write(unsent);
        boolean sent = !unsent[unsent.length - 1].hasRemaining();
        if (sent) {
            unsent = new ByteBuffer[0];
        }
        int interest = sent ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (registered.interestOps() != interest) {
            registered.interestOps(interest);
        }
    }

    private void read(SocketChannel current, boolean ending) throws IOException {
        int count = current.read(ByteBuffer.wrap(received));
        if (count < 0) {
            throw new IOException("closed by the server");
        }
        if (count == 0) {
            return;
        }
        Optional<Reply> reply = reader.take(received, count);
        if (reply.isPresent()) {
            answered(reply.get());
            if (!ending) {
                send(current);
            }
        }
    }

    private void answered(Reply reply) {
        Session.Call call = underWay;
        if (call == null) {
            measurement.wrong("an answer without a request: " + reply);
            return;
        }
        long nanos = System.nanoTime() - sentNanos;
        underWay = null;
        Optional<String> wrong = session.check(reply);
        if (wrong.isPresent()) {
            measurement.wrong(call.operation() + ": " + wrong.get());
        } else {
            measurement.right(session.countedAs(call), session.measured(nanos));
        }
    }

    private void broken(String how, boolean ending) {
        if (underWay != null) {
            measurement.wrong(how);
        }
        underWay = null;
        unsent = new ByteBuffer[0];
        try {
            close();
            if (!ending) {
                open();
            }
        } catch (IOException e) {
            measurement.wrong("cannot connect: " + e);
        }
    }
}
