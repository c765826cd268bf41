package io.quorate.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.gateway.config.HttpLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.WebServer;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ListenerTest {
    private static final int MAX_CONNECTIONS = 3;

    private final PinnedLoops loops = new PinnedLoops();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final BoundedServer bounds = new BoundedServer(loops,
            new HttpLimits(MAX_CONNECTIONS, 8_192, 4_096, Duration.ofMillis(300),
                    Duration.ofSeconds(5), Duration.ofSeconds(1)));
    private WebServer server;

    @BeforeEach
    void start() {
        server = new Listener("127.0.0.1", 0, bounds).server((request, response) -> {
            if (request.getURI().getRawPath().equals("/hang")) {
                return Mono.<Void>never().doOnCancel(cancelled::incrementAndGet);
            }
            if (request.getURI().getRawPath().equals("/later")) {
                return Mono.delay(Duration.ofMillis(50)).then(response.setComplete());
            }
            boolean nonBlocking = Schedulers.isInNonBlockingThread();
            response.setStatusCode(nonBlocking ? HttpStatus.OK : HttpStatus.CONFLICT);
            return response.setComplete();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        loops.dispose();
    }

    @Test
    void requestsRunOnLoopsThatMustNotBlock() throws IOException {
        assertThat(answer("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void headersBeyondTheBoundAreRefused() throws IOException {
        String head = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(9_000) + "\r\n\r\n";

        assertThat(answer(head)).startsWith("HTTP/1.1 431");
    }

    @Test
    void aRequestLineBeyondTheBoundIsRefused() throws IOException {
        assertThat(answer("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 414");
    }

    @Test
    void anIdleConnectionIsClosed() throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(60_000);

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aConnectionTooManyIsClosed() throws IOException {
        Socket[] held = new Socket[MAX_CONNECTIONS];
        for (int i = 0; i < MAX_CONNECTIONS; i++) {
            held[i] = connect();
            held[i].getOutputStream().write("GET /hang HTTP/1.1\r\nHost: a\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        }
        await().until(() -> bounds.openConnections().getAsInt() == MAX_CONNECTIONS);

        try (Socket tooMany = connect()) {
            tooMany.setSoTimeout(60_000);
            assertThat(tooMany.getInputStream().read()).isEqualTo(-1);
        }
        for (Socket socket : held) {
            socket.close();
        }
        await().until(() -> bounds.openConnections().getAsInt() == 0);
    }

    @Test
    void aClientThatHangsUpCancelsItsRequest() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET /hang HTTP/1.1\r\nHost: a\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> bounds.openConnections().getAsInt() == 1);
        }

        await().untilAtomic(cancelled, org.hamcrest.Matchers.equalTo(1));
    }

    @Test
    void aConnectionIsHeardAfterARequestThatCameTooEarly() throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(60_000);
            for (int round = 0; round < 3; round++) {
                send(socket, get("/later") + get("/"));
                assertThat(answers(socket, 2)).isEqualTo(2);

                send(socket, get("/"));
                assertThat(answers(socket, 1)).isEqualTo(1);
            }
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static void send(Socket socket, String requests) throws IOException {
        socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads until that many answers without a body came, and counts them. */
    private static int answers(Socket socket, int expected) throws IOException {
        int count = 0;
        int matched = 0;
        while (count < expected) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return count;
            }
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            if (matched == 4) {
                matched = 0;
                count++;
            }
        }
        return count;
    }

    private String answer(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[64];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    }
}
