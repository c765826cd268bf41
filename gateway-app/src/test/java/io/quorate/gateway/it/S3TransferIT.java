package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/** Objects as the SDK's asynchronous client, its transfer manager and its presigner move them. */
class S3TransferIT {
    private static final String BUCKET = "transfers";
    private static final int LARGE = 24_000_001;

    @TempDir
    static Path data;
    @TempDir
    Path files;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.on(data);
        try (var s3 = server.clients().s3()) {
            s3.createBucket(to -> to.bucket(BUCKET));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void theAsynchronousClientMovesManyObjectsAtOnce() {
        byte[] body = random(300_000);
        try (S3AsyncClient s3 = server.clients().s3Async()) {
            IntStream.range(0, 20)
                    .mapToObj(i -> s3.putObject(to -> to.bucket(BUCKET).key("many/" + i),
                            AsyncRequestBody.fromBytes(body)))
                    .toList().forEach(CompletableFuture::join);

            List<CompletableFuture<ResponseBytes<GetObjectResponse>>> read = IntStream.range(0, 20)
                    .mapToObj(i -> s3.getObject(of -> of.bucket(BUCKET).key("many/" + i),
                            AsyncResponseTransformer.toBytes()))
                    .toList();

            assertThat(read).allSatisfy(
                    one -> assertThat(one.join().asByteArray()).isEqualTo(body));
        }
    }

    @Test
    void theTransferManagerMovesAFileInPartsAndBack() throws IOException {
        Path source = Files.write(files.resolve("source"), random(LARGE));
        Path target = files.resolve("target");
        try (S3AsyncClient parts = server.clients().s3AsyncInParts();
                S3AsyncClient whole = server.clients().s3Async();
                S3TransferManager up = S3TransferManager.builder().s3Client(parts).build();
                S3TransferManager down = S3TransferManager.builder().s3Client(whole).build()) {
            String etag = up.uploadFile(file -> file.source(source)
                    .putObjectRequest(to -> to.bucket(BUCKET).key("file"))).completionFuture()
                    .join().response().eTag();
            var downloaded = down.downloadFile(file -> file.destination(target)
                    .getObjectRequest(of -> of.bucket(BUCKET).key("file"))).completionFuture()
                    .join();

            assertThat(etag).matches("\"[0-9a-f]{32}-\\d+\"");
            assertThat(downloaded.response().eTag()).isEqualTo(etag);
            assertThat(target).hasSameBinaryContentAs(source);
        }
    }

    @Test
    void theTransferManagerMovesADirectoryAndBack() throws IOException {
        Path source = Files.createDirectories(files.resolve("tree/a b/c"));
        for (int i = 0; i < 10; i++) {
            Files.write(source.resolve("file " + i), random(1000 + i));
        }
        Path target = files.resolve("copy");
        try (S3AsyncClient s3 = server.clients().s3Async();
                S3TransferManager transfers = S3TransferManager.builder().s3Client(s3).build()) {
            var up = transfers.uploadDirectory(from -> from.source(files.resolve("tree"))
                    .bucket(BUCKET).s3Prefix("tree")).completionFuture().join();
            var down = transfers.downloadDirectory(to -> to.destination(target).bucket(BUCKET)
                    .listObjectsV2RequestTransformer(list -> list.prefix("tree/")))
                    .completionFuture().join();

            assertThat(up.failedTransfers()).isEmpty();
            assertThat(down.failedTransfers()).isEmpty();
            for (int i = 0; i < 10; i++) {
                assertThat(target.resolve("a b/c/file " + i))
                        .hasSameBinaryContentAs(source.resolve("file " + i));
            }
        }
    }

    @Test
    void whoeverHasAPresignedRequestMaySendItAndNoOther() throws Exception {
        try (S3Presigner presigner = server.clients().s3Presigner();
                HttpClient http = HttpClient.newHttpClient()) {
            URI put = presigner.presignPutObject(sign -> sign
                    .signatureDuration(Duration.ofMinutes(5))
                    .putObjectRequest(to -> to.bucket(BUCKET).key("given ü")))
                    .url().toURI();
            URI get = presigner.presignGetObject(sign -> sign
                    .signatureDuration(Duration.ofMinutes(5))
                    .getObjectRequest(of -> of.bucket(BUCKET).key("given ü")
                            .responseContentType("text/x-given")))
                    .url().toURI();

            assertThat(send(http, HttpRequest.newBuilder(put)
                    .PUT(BodyPublishers.ofString("given"))).statusCode()).isEqualTo(200);
            HttpResponse<String> read = send(http, HttpRequest.newBuilder(get));
            assertThat(read.body()).isEqualTo("given");
            assertThat(read.headers().firstValue("content-type")).hasValue("text/x-given");
            assertThat(send(http, HttpRequest.newBuilder(get).DELETE()).statusCode())
                    .isEqualTo(403);
            assertThat(send(http, HttpRequest.newBuilder(
                    URI.create(get.toString().replace("x-given", "x-taken")))).body())
                    .contains("SignatureDoesNotMatch");
        }
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }
}
