package io.quorate.aws.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AwsHeadersTest {
    @Test
    void namesAreFoundWithoutCaseAndValuesKeepTheirOrder() {
        AwsHeaders headers = AwsHeaders.of("X-Amz-Meta-A", "1", "x-amz-meta-a", "2", "Empty", "");

        assertThat(headers.all("x-AMZ-meta-A")).containsExactly("1", "2");
        assertThat(headers.first("x-amz-meta-a")).isEqualTo("1");
        assertThat(headers.names()).hasSize(2);
        assertThat(headers.contains("empty")).isTrue();
        assertThat(headers.contains("other")).isFalse();
        assertThat(headers.all("other")).isEmpty();
    }
}
