package io.quorate.benchmarks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.benchmarks.Measurement;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
    private static final Logger LOG = System.getLogger(ClosedLoopTest.class.getName());
    private static final Duration SHORT = Duration.ofMillis(500);

    @Test
    void countsExactlyWhatTheServerServed() throws IOException {
        try (StubServer server = new StubServer()) {
            Measurement measured = run(server.address(), 8, "/some/path");

            assertThat(measured.wrong()).isZero();
            assertThat(measured.right("GET")).isPositive()
                    .isEqualTo(server.served());
            assertThat(measured.perSecond("GET"))
                    .isBetween(server.served() / 2.0, server.served() * 2.0 + 1);
        }
    }

    @Test
    void readsChunkedAnswers() throws IOException {
        try (StubServer server = new StubServer()) {
            Measurement measured = run(server.address(), 2, "/chunked/path");

            assertThat(measured.wrong()).isZero();
            assertThat(measured.right("GET"))
                    .isEqualTo(server.served());
        }
    }

    @Test
    void aWrongAnswerCountsAsWrongAndNotAsRight() throws IOException {
        try (StubServer server = new StubServer()) {
            Measurement measured = run(server.address(), 2, "/wrong");

            assertThat(measured.wrong()).isPositive().isEqualTo(server.served());
            assertThat(measured.latencies()).isEmpty();
            assertThat(measured.firstWrong()).hasValueSatisfying(
                    what -> assertThat(what).contains("500"));
        }
    }

    @Test
    void aConnectionThatBreaksIsCountedAndMadeAnew() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> breakEverySecond(server));

            Measurement measured = run(
                    new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 1, "/x");

            assertThat(measured.wrong()).isPositive();
            assertThat(measured.right("GET")).isPositive();
        }
    }

    /** Answers the first request of each connection and closes it at the second. */
    private static void breakEverySecond(ServerSocket server) {
        byte[] request = new byte[4096];
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                if (in.read(request) > 0) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n/x"
                                    .getBytes(US_ASCII));
                    in.read(request);
                }
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "the client or the test has closed the socket", e);
            }
        }
    }

    private static Measurement run(InetSocketAddress address, int connections, String path)
            throws IOException {
        List<Session> sessions = IntStream.range(0, connections)
                .mapToObj(number -> (Session) new Paths(path)).toList();
        return new ClosedLoop(address, sessions).run(SHORT);
    }

    private record Paths(String path) implements Session {
        @Override
        public Call next() {
            return new Call("GET", Message.of("GET " + path + " HTTP/1.1\r\nhost: stub\r\n\r\n",
                    new byte[0]));
        }

        @Override
        public Optional<String> check(Reply reply) {
            return reply.isOk() && reply.bodyIs(path.getBytes(US_ASCII))
                    ? Optional.empty()
                    : Optional.of(reply.toString());
        }
    }
}
