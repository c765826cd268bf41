package io.quorate.gateway.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Clients that send or read bodies slowly, or not to their end. */
class S3SlowClientsIT {
    private static final String BUCKET = "slow";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MIB = 1 << 20;
    private static final int READERS = 8;
    /** The HTTP server asks for 128 buffers of 64 KiB ahead; the rest is for what its allocator rounds up. */
    private static final int WINDOWS = READERS * 12 * MIB;

    @TempDir
    Path data;

    private RunningServer server;
    private S3Client s3;
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        server = RunningServer.on(data);
        s3 = server.clients().s3();
        s3.createBucket(to -> to.bucket(BUCKET));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        s3.close();
        server.close();
    }

    @Test
    void readersWhoDoNotReadHoldNoMoreThanAWindow() throws IOException {
        hold(64 * MIB);
    }

    @Test
    @Tag("slow")
    @Timeout(600)
    void readersOfAGibibyteWhoDoNotReadHoldNoMoreThanAWindow() throws IOException {
        hold(1024 * MIB);
    }

    @Test
    void bodiesThatAreBrokenOffLeaveNothing() throws IOException {
        for (int client = 0; client < 16; client++) {
            Socket socket = begin("PUT", "broken-" + client, 64 * MIB);
            socket.getOutputStream().write(new byte[MIB]);
        }
        Awaitility.await().atMost(PATIENCE).until(() -> files() == 16);

        for (Socket socket : sockets) {
            socket.close();
        }

        Awaitility.await().atMost(PATIENCE).until(() -> files() == 0);
        assertThat(s3.listObjectsV2(of -> of.bucket(BUCKET)).contents()).isEmpty();
    }

    @Test
    @Tag("slow")
    @Timeout(180)
    void aBodyThatMakesNoProgressIsRefused() throws IOException {
        Socket socket = begin("PUT", "idle", 64 * MIB);
        long began = System.nanoTime();
        socket.getOutputStream().write(new byte[MIB]);

        assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                .startsWith("HTTP/1.1 400").contains("<Code>RequestTimeout</Code>");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(60));
        Awaitility.await().atMost(PATIENCE).until(() -> files() == 0);
    }

    @Test
    @Tag("slow")
    @Timeout(180)
    void aBodyMayTakeLongerThanARequestAsLongAsItMakesProgress() throws Exception {
        int pieces = 10;
        Socket socket = begin("PUT", "patient", pieces * MIB);
        for (int piece = 0; piece < pieces; piece++) {
            socket.getOutputStream().write(new byte[MIB]);
            // What is tested is that time passes; together it is more than any default deadline.
            TimeUnit.SECONDS.sleep(5);
        }

        assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 200");
        assertThat(s3.headObject(of -> of.bucket(BUCKET).key("patient")).contentLength())
                .isEqualTo((long) pieces * MIB);
    }

    private void hold(int length) throws IOException {
        byte[] piece = new byte[8 * MIB];
        new Random(1).nextBytes(piece);
        try (S3AsyncClient parts = server.clients().s3AsyncInParts()) {
            parts.putObject(to -> to.bucket(BUCKET).key("parts").contentLength((long) length),
                    AsyncRequestBody.fromByteBuffersUnsafe(Stream.generate(() -> piece)
                            .limit(length / piece.length).map(ByteBuffer::wrap)
                            .toArray(ByteBuffer[]::new)))
                    .join();
        }
        long before = direct();
        for (int reader = 0; reader < READERS; reader++) {
            assertThat(head(begin("GET", "parts", 0).getInputStream())).startsWith("HTTP/1.1 200");
        }

        Awaitility.await().atMost(PATIENCE).during(Duration.ofSeconds(3))
                .until(() -> direct() - before < WINDOWS);

        InputStream body = sockets.getLast().getInputStream();
        for (int left = length; left > 0; left -= piece.length) {
            assertThat(body.readNBytes(piece.length)).isEqualTo(piece);
        }
    }

    /** Sends the head of a request. */
    private Socket begin(String method, String key, int length) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(64 * 1024);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        URL url = presigned(method, key);
        socket.getOutputStream().write((method + " " + url.getFile() + " HTTP/1.1\r\nHost: "
                + url.getAuthority() + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        return socket;
    }

    private URL presigned(String method, String key) {
        try (S3Presigner presigner = server.clients().s3Presigner()) {
            return method.equals("PUT")
                    ? presigner.presignPutObject(sign -> sign.signatureDuration(PATIENCE)
                            .putObjectRequest(to -> to.bucket(BUCKET).key(key))).url()
                    : presigner.presignGetObject(sign -> sign.signatureDuration(PATIENCE)
                            .getObjectRequest(of -> of.bucket(BUCKET).key(key))).url();
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after: " + head.toString(ISO_8859_1));
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    /** Bytes of buffers outside the heap that the server's allocator has. */
    private static long direct() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric()
                .usedDirectMemory();
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("blobs"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
