package io.quorate.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.aws.service.AwsService;
import io.quorate.gateway.config.DefaultDeadlines;
import io.quorate.kv.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class RequestDeadlinesTest {
    private final RequestDeadlines deadlines = new RequestDeadlines(
            new DefaultDeadlines(Duration.ofSeconds(5), Duration.ofSeconds(30),
                    Duration.ofSeconds(10), Duration.ofSeconds(11)));
    private final HttpHeaders headers = new HttpHeaders();

    @ParameterizedTest
    @CsvSource({"S3,30", "SQS,10", "DYNAMODB,11"})
    void aSenderThatSaysNothingGetsTheServicesDefault(AwsService service, int seconds)
            throws Exception {
        assertRemaining(deadlines.of(headers, service), seconds * 1000);
    }

    @Test
    void theHeaderWinsOverTheSdk() throws Exception {
        headers.set("X-Quorate-Timeout", "1500");
        headers.set("X-Amz-Date", "20261123T115950Z");
        headers.set("amz-sdk-request", "ttl=20261123T120000Z; attempt=1; max=3");

        assertRemaining(deadlines.of(headers, AwsService.S3), 1500);
    }

    @Test
    void theSdksTtlCountsFromTheRequestsOwnDate() throws Exception {
        headers.set("X-Amz-Date", "20261231T235950Z");
        headers.set("amz-sdk-request", "attempt=1; ttl=20270101T000010Z; max=3");

        assertRemaining(deadlines.of(headers, AwsService.S3), 20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ttl=20261123T121501Z", "ttl=20261123T120000Z", "ttl=20261123T115959Z",
        "ttl=20261323T120001Z", "ttl=now", "ttl=", "attempt=1", "ttl=20261123t120001Z"})
    void aTtlThatIsOffOrUnreadableSaysNothing(String sdkRequest) throws Exception {
        headers.set("X-Amz-Date", "20261123T120000Z");
        headers.set("amz-sdk-request", sdkRequest);

        assertRemaining(deadlines.of(headers, AwsService.S3), 30_000);
    }

    @Test
    void aTtlWithoutADateSaysNothing() throws Exception {
        headers.set("amz-sdk-request", "ttl=20261123T120000Z; attempt=1; max=3");

        assertRemaining(deadlines.of(headers, AwsService.S3), 30_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "60001", "-1", "1.5", "1s", "", " 1", "000001", "99999999999"})
    void aMalformedTimeoutIsRefused(String timeout) {
        headers.set("X-Quorate-Timeout", timeout);

        assertThatThrownBy(() -> deadlines.of(headers, AwsService.S3))
                .isInstanceOf(RequestTimeout.MalformedException.class);
    }

    private static void assertRemaining(Deadline deadline, int millis) {
        assertThat(deadline.remaining()).isBetween(Duration.ofMillis(millis - 1_000),
                Duration.ofMillis(millis));
    }
}
