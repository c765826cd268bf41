package io.quorate.gateway.campaign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;

/**
 * One question to a node's health, over a connection of its own or one that is kept: what it answered and how long that
 * took. Status 0 means no answer.
 *
 * @param status of HTTP
 * @param body the answer's
 * @param nanos from question to answer
 */
record Probe(int status, String body, long nanos) {
    private static final Probe NONE = new Probe(0, "", 0);

    /** Asks once; nobody there is status 0. */
    static Probe of(ClusterNode node, String path, Duration timeout) {
        return at(node.port(), path, timeout);
    }

    /** Asks whoever listens on a port. */
    static Probe at(int port, String path, Duration timeout) {
        try (Connection connection = new Connection(port, timeout.multipliedBy(2))) {
            return connection.ask(path, timeout);
        } catch (IOException nobody) {
            return NONE;
        }
    }

    /** A connection that is kept. For one thread. */
    static final class Connection implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader answers;

        Connection(int port, Duration patience) throws IOException {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    (int) patience.toMillis());
            socket.setSoTimeout((int) patience.toMillis());
            socket.setTcpNoDelay(true);
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII),
                    512);
        }

        /** Asks, and tells the node how long it has. */
        Probe ask(String path, Duration timeout) throws IOException {
            long start = System.nanoTime();
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    + "X-Quorate-Timeout: " + timeout.toMillis() + "\r\n\r\n")
                    .getBytes(US_ASCII));
            String statusLine = line();
            int length = 0;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(lower.substring(15).strip());
                }
            }
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < length; i++) {
                body.append((char) answers.read());
            }
            return new Probe(Integer.parseInt(statusLine.split(" ")[1]), body.toString(),
                    System.nanoTime() - start);
        }

        private String line() throws IOException {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the connection ended");
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
