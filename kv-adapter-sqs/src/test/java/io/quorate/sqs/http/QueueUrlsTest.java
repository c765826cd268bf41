package io.quorate.sqs.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueUrlsTest {
    private final QueueUrls urls = new QueueUrls(Optional.of("https://queues.example"));

    @ParameterizedTest
    @ValueSource(strings = {"https://queues.example/123456789012/jobs",
        "http://127.0.0.1:4566/123456789012/jobs",
        "https://sqs.eu-central-1.amazonaws.com/123456789012/jobs", "/123456789012/jobs"})
    void ofAUrlOnlyThePathCounts(String url) {
        assertThat(urls.queueOf(url)).isEqualTo(new QueueName("123456789012", "jobs"));
    }

    @Test
    void aNameThatNoQueueCanHaveIsAQueueThatDoesNotExist() {
        assertThatThrownBy(() -> urls.queueOf("/123456789012/a%20b"))
                .isInstanceOf(SqsException.class)
                .hasMessage("The specified queue does not exist.");
    }

    @Test
    void anEndlessUrlIsNotRepeatedInTheAnswer() {
        assertThatThrownBy(() -> urls.queueOf("http://" + "x".repeat(3_000)))
                .isInstanceOf(SqsException.class)
                .hasMessage("The address given is not valid for this endpoint.");
    }
}
