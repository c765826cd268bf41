package io.quorate.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Uploads of HTML forms with signed policies, as browsers send them. The signature is made here by the
 * recipe of the S3 API reference, "Authenticating requests in browser-based uploads using POST".
 */
class S3FormIT {
    @TempDir
    static Path data;

    private static RunningServer server;
    private static S3Client s3;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        server = RunningServer.on(data);
        s3 = server.clients().s3();
        s3.createBucket(to -> to.bucket("uploads"));
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        s3.close();
        server.close();
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> signed(String secret, String conditions)
            throws GeneralSecurityException {
        String date = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC).format(Instant.now());
        String scope = date.substring(0, 8) + "/us-east-1/s3/aws4_request";
        String policy = Base64.getEncoder().encodeToString(("{\"expiration\":\""
                + Instant.now().plusSeconds(600) + "\",\"conditions\":[{\"bucket\":\"uploads\"},"
                + "[\"starts-with\",\"$key\",\"user/\"],{\"x-amz-algorithm\":\"AWS4-HMAC-SHA256\"},"
                + "{\"x-amz-credential\":\"test/" + scope + "\"},{\"x-amz-date\":\"" + date + "\"}"
                + conditions + "]}").getBytes(StandardCharsets.UTF_8));
        byte[] key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8),
                date.substring(0, 8));
        for (String part : new String[]{"us-east-1", "s3", "aws4_request"}) {
            key = hmac(key, part);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("policy", policy);
        fields.put("x-amz-algorithm", "AWS4-HMAC-SHA256");
        fields.put("x-amz-credential", "test/" + scope);
        fields.put("x-amz-date", date);
        fields.put("x-amz-signature", HexFormat.of().formatHex(hmac(key, policy)));
        return fields;
    }

    private static HttpResponse<String> post(Map<String, String> fields, byte[] file)
            throws Exception {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        fields.forEach((name, value) -> form.writeBytes(("--frontier\r\nContent-Disposition:"
                + " form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                .getBytes(StandardCharsets.UTF_8)));
        form.writeBytes(("--frontier\r\nContent-Disposition: form-data; name=\"file\";"
                + " filename=\"photo.jpg\"\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        form.writeBytes(file);
        form.writeBytes("\r\n--frontier--\r\n".getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/uploads"))
                        .header("Content-Type", "multipart/form-data; boundary=frontier")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(form.toByteArray())).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 200_000, 9 << 20})
    void whatThePolicyAllowsIsStored(int length) throws Exception {
        Map<String, String> fields = signed("test",
                ",[\"content-length-range\",0,10000000],{\"success_action_status\":\"201\"},"
                        + "[\"starts-with\",\"$x-amz-meta-tag\",\"\"]");
        fields.put("key", "user/" + length + "/${filename}");
        fields.put("success_action_status", "201");
        fields.put("x-amz-meta-tag", "green");

        HttpResponse<String> answer = post(fields, bytes(length));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var read = s3.getObjectAsBytes(
                from -> from.bucket("uploads").key("user/" + length + "/photo.jpg"));
        assertThat(read.asByteArray()).isEqualTo(bytes(length));
        assertThat(read.response().metadata()).containsEntry("tag", "green");
        assertThat(answer.body()).contains(read.response().eTag().replace("\"", ""));
    }

    @Test
    void whatThePolicyDoesNotAllowIsRefused() throws Exception {
        Map<String, String> elsewhere = signed("test", "");
        elsewhere.put("key", "other/a");
        Map<String, String> extra = signed("test", "");
        extra.put("key", "user/a");
        extra.put("x-amz-meta-more", "1");
        Map<String, String> large = signed("test", ",[\"content-length-range\",0,10]");
        large.put("key", "user/a");
        Map<String, String> small = signed("test", ",[\"content-length-range\",1000,2000]");
        small.put("key", "user/a");

        assertThat(post(elsewhere, bytes(5)).body()).contains("AccessDenied");
        assertThat(post(extra, bytes(5)).body()).contains("Extra input fields");
        assertThat(post(large, bytes(11)).body()).contains("EntityTooLarge");
        assertThat(post(large, bytes(300_000)).body()).contains("EntityTooLarge");
        assertThat(post(small, bytes(11)).body()).contains("EntityTooSmall");
        assertThat(s3.listObjectsV2(of -> of.bucket("uploads").prefix("user/a")).contents())
                .isEmpty();
    }

    @Test
    void aForgedPolicyIsRefused() throws Exception {
        Map<String, String> forged = signed("wrong", "");
        forged.put("key", "user/forged");
        Map<String, String> unsigned = new LinkedHashMap<>(Map.of("key", "user/forged"));

        assertThat(post(forged, bytes(5)).body()).contains("SignatureDoesNotMatch");
        assertThat(post(unsigned, bytes(5)).body()).contains("AccessDenied");
        assertThat(s3.listObjectsV2(of -> of.bucket("uploads").prefix("user/forged")).contents())
                .isEmpty();
    }
}
