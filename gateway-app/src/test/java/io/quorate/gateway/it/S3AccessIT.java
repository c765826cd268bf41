package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Who may do what, and by which address and signature, as clients of the SDK see it. */
class S3AccessIT {
    @TempDir
    static Path directory;

    private static RunningServer server;
    private static S3Client owner;

    @BeforeAll
    static void start() throws Exception {
        Path file = directory.resolve("quorate.yaml");
        Files.writeString(file,
                """
                        data: %s
                        identities:
                          - {name: root, admin: true, keys: [{access-key: OP, secret-key: op-secret}]}
                          - name: other
                            account-id: "111111111111"
                            admin: true
                            keys: [{access-key: OT, secret-key: ot-secret}]
                          - name: guest
                            keys: [{access-key: GU, secret-key: gu-secret, session-token: gu-token}]
                            policies:
                              - '{"Version":"2012-10-17","Statement":[
                                  {"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::guests/${aws:username}/*"},
                                  {"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"}]}'
                        """
                        .formatted(directory.resolve("data")));
        server = RunningServer.from(file);
        owner = clients().as("OP", "op-secret").s3();
        owner.createBucket(to -> to.bucket("guests"));
        owner.putObject(to -> to.bucket("guests").key("hello"), RequestBody.fromString("hello"));
    }

    @AfterAll
    static void stop() {
        owner.close();
        server.close();
    }

    private static AwsClients clients() {
        return server.clients();
    }

    private static AwsClients with(AwsCredentialsProvider credentials) {
        return new AwsClients(clients().endpoint(), credentials, 1);
    }

    private static void assertRefused(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class,
                answer -> assertThat(answer.awsErrorDetails().errorCode()).isEqualTo(code));
    }

    @Test
    void aCallersPolicyHoldsWithItsVariablesAndDenials() {
        try (S3Client guest = with(StaticCredentialsProvider
                .create(AwsSessionCredentials.create("GU", "gu-secret", "gu-token"))).s3()) {
            guest.putObject(to -> to.bucket("guests").key("guest/a"), RequestBody.fromString("x"));

            assertThat(guest.getObjectAsBytes(from -> from.bucket("guests").key("guest/a"))
                    .asUtf8String()).isEqualTo("x");
            assertRefused(() -> guest.getObjectAsBytes(
                    from -> from.bucket("guests").key("hello")), "AccessDenied");
            assertRefused(() -> guest.deleteObject(
                    from -> from.bucket("guests").key("guest/a")), "AccessDenied");
        }
    }

    @Test
    void aSessionTokenMustBeTheRightOne() {
        try (S3Client none = clients().as("GU", "gu-secret").s3();
                S3Client wrong = with(StaticCredentialsProvider
                        .create(AwsSessionCredentials.create("GU", "gu-secret", "other"))).s3();
                S3Client unasked = with(StaticCredentialsProvider
                        .create(AwsSessionCredentials.create("OP", "op-secret", "any"))).s3()) {
            assertRefused(() -> none.listObjectsV2(of -> of.bucket("guests")), "InvalidToken");
            assertRefused(() -> wrong.listObjectsV2(of -> of.bucket("guests")), "InvalidToken");
            assertRefused(() -> unasked.listObjectsV2(of -> of.bucket("guests")), "InvalidToken");
        }
    }

    @Test
    void anotherAccountNeedsTheBucketsPolicy() {
        owner.createBucket(to -> to.bucket("shared"));
        owner.putObject(to -> to.bucket("shared").key("k"), RequestBody.fromString("shared"));
        try (S3Client other = clients().as("OT", "ot-secret").s3()) {
            assertRefused(() -> other.getObjectAsBytes(from -> from.bucket("shared").key("k")),
                    "AccessDenied");

            owner.putBucketPolicy(of -> of.bucket("shared").policy(
                    "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111111111111\"},"
                            + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::shared/*\"}}"));

            assertThat(other.getObjectAsBytes(from -> from.bucket("shared").key("k"))
                    .asUtf8String()).isEqualTo("shared");
            assertRefused(() -> other.putObject(to -> to.bucket("shared").key("k"),
                    RequestBody.fromString("x")), "AccessDenied");
        }
    }

    @Test
    void anUnsignedCallerReadsWhatIsPublic() {
        owner.createBucket(to -> to.bucket("public"));
        owner.putObject(to -> to.bucket("public").key("k"), RequestBody.fromString("public"));
        try (S3Client anybody = with(AnonymousCredentialsProvider.create()).s3()) {
            assertRefused(() -> anybody.getObjectAsBytes(from -> from.bucket("public").key("k")),
                    "AccessDenied");
            owner.deletePublicAccessBlock(of -> of.bucket("public"));
            owner.putBucketPolicy(of -> of.bucket("public").policy(
                    "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":"
                            + "\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::public/*\",\"Condition\":"
                            + "{\"IpAddress\":{\"aws:SourceIp\":\"127.0.0.0/8\"}}}}"));

            assertThat(anybody.getObjectAsBytes(from -> from.bucket("public").key("k"))
                    .asUtf8String()).isEqualTo("public");
            assertRefused(() -> anybody.putObject(to -> to.bucket("public").key("x"),
                    RequestBody.fromString("x")), "AccessDenied");
        }
    }

    @Test
    void aPresignedRequestIsItsSigners() throws Exception {
        try (S3Presigner presigner = S3Presigner.builder().endpointOverride(clients().endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider
                        .create(AwsSessionCredentials.create("GU", "gu-secret", "gu-token")))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build(); HttpClient http = HttpClient.newHttpClient()) {
            var put = presigner.presignPutObject(sign -> sign
                    .signatureDuration(Duration.ofDays(7)).putObjectRequest(
                            to -> to.bucket("guests").key("guest/signed").contentType("text/x")));
            HttpRequest.Builder upload = HttpRequest.newBuilder(put.url().toURI())
                    .PUT(HttpRequest.BodyPublishers.ofString("presigned"));
            put.signedHeaders().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("host")) {
                    values.forEach(value -> upload.header(name, value));
                }
            });
            var get = presigner.presignGetObject(sign -> sign
                    .signatureDuration(Duration.ofMinutes(1))
                    .getObjectRequest(from -> from.bucket("guests").key("guest/signed")
                            .responseContentDisposition("attachment")));
            var denied = presigner.presignGetObject(sign -> sign
                    .signatureDuration(Duration.ofMinutes(1))
                    .getObjectRequest(from -> from.bucket("guests").key("hello")));

            assertThat(http.send(upload.build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode()).isEqualTo(200);
            HttpResponse<String> read = get(http, get.url().toURI());
            assertThat(read.body()).isEqualTo("presigned");
            assertThat(read.headers().firstValue("content-type")).hasValue("text/x");
            assertThat(read.headers().firstValue("content-disposition")).hasValue("attachment");
            assertThat(get(http, denied.url().toURI()).statusCode()).isEqualTo(403);
            URI changed = URI.create(get.url().toString().replace("signed?", "other?"));
            assertThat(get(http, changed).body()).contains("SignatureDoesNotMatch");
        }
    }

    private static HttpResponse<String> get(HttpClient http, URI uri) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aBucketMayBeAHostName() {
        for (String domain : new String[]{"localhost", "s3.localhost"}) {
            URI endpoint = URI.create("http://" + domain + ":" + server.port());
            try (S3Client hosted = S3Client.builder().endpointOverride(endpoint)
                    .region(Region.US_EAST_1).credentialsProvider(
                            clients().as("OP", "op-secret").credentials())
                    .httpClientBuilder(ApacheHttpClient.builder().dnsResolver(
                            host -> new InetAddress[]{InetAddress.getLoopbackAddress()}))
                    .build()) {
                hosted.putObject(to -> to.bucket("guests").key("by/host of " + domain),
                        RequestBody.fromString(domain));

                assertThat(owner.getObjectAsBytes(
                        from -> from.bucket("guests").key("by/host of " + domain)).asUtf8String())
                        .isEqualTo(domain);
                assertThat(hosted.listObjectsV2(of -> of.bucket("guests").prefix("by/"))
                        .contents()).isNotEmpty();
                assertThat(hosted.listBuckets().buckets()).isNotEmpty();
            }
        }
    }
}
