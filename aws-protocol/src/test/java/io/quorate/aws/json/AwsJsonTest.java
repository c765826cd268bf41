package io.quorate.aws.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

class AwsJsonTest {
    @Test
    void documentsWithinTheLimitsAreRead() {
        readAll("[".repeat(AwsJson.MAX_DEPTH) + "]".repeat(AwsJson.MAX_DEPTH));
        readAll("1".repeat(AwsJson.MAX_NUMBER_LENGTH));
        readAll("{\"" + "n".repeat(65_536) + "\":\"" + "v".repeat(1 << 20) + "\"}");
    }

    @Test
    void depthNumbersAndNamesAreBounded() {
        assertRefused("[".repeat(AwsJson.MAX_DEPTH + 1));
        assertRefused("1".repeat(AwsJson.MAX_NUMBER_LENGTH + 2));
        assertRefused("{\"" + "n".repeat(AwsJson.MAX_NAME_LENGTH + 1) + "\":1}");
    }

    @Test
    void nameGivenTwiceIsRefused() {
        assertRefused("{\"a\":1,\"a\":2}");
    }

    @Test
    void extensionsOfJsonAreRefused() {
        assertRefused("{'a':1}");
        assertRefused("[1,]");
        assertRefused("[NaN]");
        assertRefused("[01]");
        assertRefused("// c\n[]");
    }

    private static void assertRefused(String document) {
        assertThatThrownBy(() -> readAll(document)).isInstanceOf(JacksonException.class);
    }

    private static void readAll(String document) {
        int tokens = 0;
        try (JsonParser parser = AwsJson.parser(document.getBytes(StandardCharsets.UTF_8))) {
            while (parser.nextToken() != null) {
                parser.getString();
                tokens++;
            }
        }
        assertThat(tokens).isPositive();
    }
}
