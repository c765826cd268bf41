package io.quorate.sqs.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Md5Test {
    /** Digests that SQS answered, as published with the tests of boto3's mock, moto. */
    @ParameterizedTest
    @CsvSource({"Number,235c5c510d26fb653d073faed50ae77c",
        "Number.java.lang.Long,2e2e4876d8e0bd6b8c2c8f556831c349"})
    void attributesHaveTheDigestThatSqsAnswers(String type, String expected) {
        assertThat(Md5.ofAttributes(
                List.of(MessageAttribute.text("timestamp", type, "1493147359900"))))
                .isEqualTo(expected);
    }

    /** Computed by a separate program that follows the developer guide. */
    @Test
    void attributesAreOrderedByNameAndBytesAreToldFromText() {
        var text = MessageAttribute.text("a", "String", "é");
        var bytes = new MessageAttribute("b", "Binary", true, new byte[]{0, (byte) 255, 1});

        assertThat(Md5.ofAttributes(List.of(bytes, text)))
                .isEqualTo(Md5.ofAttributes(List.of(text, bytes)))
                .isEqualTo("e423bea358805e5612dc4d7c8121bda1");
    }

    @Test
    void theDigestOfNoTextIsThatOfNoBytes() {
        assertThat(Md5.ofText("")).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    }
}
