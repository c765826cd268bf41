package io.quorate.s3.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static FormPolicy policy(String conditions) {
        return parse("{\"expiration\":\"2026-01-01T01:00:00.000Z\",\"conditions\":[" + conditions
                + "]}");
    }

    private static FormPolicy parse(String document) {
        return FormPolicy.parse(
                Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertRefused(S3Error error, Runnable work) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(S3Exception.class,
                refused -> org.assertj.core.api.Assertions.assertThat(refused.error())
                        .isEqualTo(error));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"bucket":"b"}                                | key=k             | true
            {"bucket":"c"}                                | key=k             | false
            ["eq","$key","k"],{"bucket":"b"}              | key=k             | true
            ["eq","$Key","l"],{"bucket":"b"}              | key=k             | false
            ["starts-with","$key","u/"],{"bucket":"b"}    | key=u/1           | true
            ["starts-with","$key","u/"],{"bucket":"b"}    | key=v/1           | false
            ["starts-with","$key",""],{"bucket":"b"}      | key=any           | true
            ["starts-with","$Content-Type","image/"]      | content-type=image/png, image/jpeg | true
            ["starts-with","$Content-Type","image/"]      | content-type=image/png, text/html  | false
            {"x-amz-meta-a":"1"}                          | x-amz-meta-a=1    | true
            {"x-amz-meta-a":"1"}                          | x-amz-meta-b=1    | false
            {"acl":"private","success_action_status":"201"} | acl=private     | false
            """)
    void conditionsAreAboutFields(String conditions, String field, boolean holds) {
        Map<String, String> fields = new HashMap<>(Map.of("bucket", "b", "policy", "p",
                "x-amz-signature", "s", "x-ignore-me", "i"));
        int equals = field.indexOf('=');
        fields.put(field.substring(0, equals), field.substring(equals + 1));
        String all = conditions.contains("$key") || !field.startsWith("key=")
                ? conditions
                : conditions + ",[\"starts-with\",\"$key\",\"\"]";

        if (holds) {
            assertThatCode(() -> policy(all).check(fields, NOW)).doesNotThrowAnyException();
        } else {
            assertRefused(S3Error.ACCESS_DENIED, () -> policy(all).check(fields, NOW));
        }
    }

    @Test
    void aFieldThatNoConditionNamesIsRefused() {
        assertThatThrownBy(() -> policy("{\"bucket\":\"b\"}")
                .check(Map.of("bucket", "b", "x-amz-meta-x", "1"), NOW))
                .hasMessageContaining("Extra input fields: x-amz-meta-x");
    }

    @Test
    void aPolicyEndsAtItsExpiration() {
        FormPolicy policy = policy("{\"bucket\":\"b\"}");

        assertThatCode(() -> policy.check(Map.of("bucket", "b"), NOW.plusSeconds(3_600)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> policy.check(Map.of("bucket", "b"), NOW.plusSeconds(3_601)))
                .hasMessageContaining("Policy expired");
    }

    @Test
    void aRangeBoundsTheFile() {
        FormPolicy.Range range = policy("[\"content-length-range\",2,\"4\"]").range()
                .orElseThrow();

        assertThatCode(() -> range.check(2)).doesNotThrowAnyException();
        assertThatCode(() -> range.check(4)).doesNotThrowAnyException();
        assertRefused(S3Error.BELOW_MINIMUM, () -> range.check(1));
        assertRefused(S3Error.ENTITY_TOO_LARGE, () -> range.check(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{}", "{\"expiration\":\"2026-01-01T00:00:00Z\"}",
        "{\"conditions\":[]}", "{\"expiration\":\"soon\",\"conditions\":[]}",
        "{\"expiration\":\"2026-01-01T00:00:00Z\",\"conditions\":{}}",
        "{\"expiration\":\"2026-01-01T00:00:00Z\",\"conditions\":[\"eq\"]}",
        "{\"expiration\":\"2026-01-01T00:00:00Z\",\"conditions\":[[\"eq\",\"$key\"]]}",
        "{\"expiration\":\"2026-01-01T00:00:00Z\",\"conditions\":[[\"eq\",\"key\",\"k\"]]}",
        "{\"expiration\":\"2026-01-01T00:00:00Z\",\"conditions\":[[\"like\",\"$key\",\"k\"]]}",
        "{\"expiration\":\"2026-01-01T00:00:00Z\",\"conditions\":[[\"content-length-range\",\"a\",2]]}",
        "{\"expiration\":\"2026-01-01T00:00:00Z\",\"conditions\":[],\"more\":1}",
        "{\"expiration\":\"2026-01-01T00:00:00Z\",\"conditions\":[]} x"})
    void whatIsNoPolicyIsRefused(String document) {
        assertRefused(S3Error.INVALID_POLICY_DOCUMENT, () -> parse(document));
    }
}
