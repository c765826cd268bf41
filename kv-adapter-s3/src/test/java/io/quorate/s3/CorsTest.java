package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Identity;
import io.quorate.aws.identity.Permissions;
import io.quorate.s3.S3Endpoint.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source of what is expected: S3 user guide, "Using cross-origin resource sharing (CORS)". */
class CorsTest {
    private static final String RULES = "<CORSConfiguration>"
            + "<CORSRule><AllowedOrigin>https://*.example.com</AllowedOrigin>"
            + "<AllowedMethod>PUT</AllowedMethod><AllowedMethod>GET</AllowedMethod>"
            + "<AllowedHeader>x-amz-*</AllowedHeader><AllowedHeader>Content-Type</AllowedHeader>"
            + "<ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>600</MaxAgeSeconds></CORSRule>"
            + "<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>HEAD</AllowedMethod>"
            + "</CORSRule></CORSConfiguration>";
    private static final String PAGE = "https://app.example.com";

    @TempDir
    static Path directory;

    private static S3Endpoint s3;

    @BeforeAll
    static void start() throws Exception {
        s3 = new S3Endpoint(directory).withBucket("pages").withBucket("closed");
        Answer set = S3Endpoint.wait(s3.send("PUT", "/pages?cors",
                RULES.getBytes(StandardCharsets.UTF_8), "x-amz-trailer", ""));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        s3.put("/pages/key", "body");
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    private static Answer preflight(String path, String... headers) {
        try {
            return s3.as(Identity.ANONYMOUS).call("OPTIONS", path, headers);
        } finally {
            s3.as(S3Endpoint.identity("000000000000", new Permissions.Admin()));
        }
    }

    @Test
    void aPageThatMayIsToldWhatItMay() {
        Answer answer = preflight("/pages/key", "Origin", PAGE, "Access-Control-Request-Method",
                "PUT", "Access-Control-Request-Headers", "content-type, X-Amz-Date");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
        assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("PUT, GET");
        assertThat(answer.header("Access-Control-Allow-Headers"))
                .isEqualTo("content-type, x-amz-date");
        assertThat(answer.header("Access-Control-Expose-Headers")).isEqualTo("ETag");
        assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("600");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(answer.header("Vary")).contains("Origin");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void whereAnyOriginMayNoneIsNamed() {
        Answer answer = preflight("/pages/key", "Origin", "http://elsewhere",
                "Access-Control-Request-Method", "HEAD");

        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"https://app.example.com,DELETE,", "http://app.example.com,PUT,",
        "https://app.example.com.evil,GET,", "https://app.example.com,PUT,authorization",
        "https://.example.co,GET,"})
    void aPageThatMayNotIsRefused(String origin, String method, String header) {
        Answer answer = preflight("/pages/key", "Origin", origin, "Access-Control-Request-Method",
                method, "Access-Control-Request-Headers", header == null ? "" : header);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("AccessForbidden");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aBucketWithoutRulesAllowsNoPage() {
        Answer answer = preflight("/closed", "Origin", PAGE, "Access-Control-Request-Method",
                "GET");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("CORS is not enabled for this bucket");
    }

    @Test
    void aPreflightNeedsItsHeaders() {
        assertThat(preflight("/pages", "Access-Control-Request-Method", "GET").status())
                .isEqualTo(400);
        assertThat(preflight("/pages", "Origin", PAGE).status()).isEqualTo(400);
        assertThat(preflight("/none-here", "Origin", PAGE, "Access-Control-Request-Method", "GET")
                .code()).isEqualTo("NoSuchBucket");
    }

    @Test
    void anActualAnswerSaysWhatThePageMayRead() {
        Answer answer = s3.get("/pages/key", "Origin", PAGE);

        assertThat(answer.text()).isEqualTo("body");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
        assertThat(answer.header("Access-Control-Expose-Headers")).isEqualTo("ETag");
    }

    @Test
    void aRefusalToo() {
        Answer answer = s3.get("/pages/none", "Origin", PAGE);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
    }

    @Test
    void aPageOfNoRuleIsToldNothing() {
        Answer answer = s3.get("/pages/key", "Origin", "http://elsewhere");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(s3.get("/pages/key").header("Access-Control-Allow-Origin")).isEmpty();
    }
}
