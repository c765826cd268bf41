package io.quorate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void whatIsNotSaidHasADefault() {
        Options options = Options.parse("s3-put");

        assertThat(options.servers().url().uri().getPort()).isEqualTo(4566);
        assertThat(options.servers().peer()).isEmpty();
        assertThat(options.pace())
                .isEqualTo(new Options.Pace(Duration.ofSeconds(40), Duration.ofSeconds(20), 3));
    }

    @Test
    void everyOptionIsRead() {
        Options options = Options.parse("dynamodb-get", "--peer", "http://localhost:8000",
                "--connections", "4", "--warm-up", "0", "--duration", "2", "--rounds", "5",
                "--items", "7", "--value-bytes", "9", "--backlog", "0", "--output", "out.json");

        assertThat(options.servers().peer()).hasValueSatisfying(
                peer -> assertThat(peer.uri().getPort()).isEqualTo(8000));
        assertThat(options.callers()).isEqualTo(4);
        assertThat(options.pace())
                .isEqualTo(new Options.Pace(Duration.ZERO, Duration.ofSeconds(2), 5));
        assertThat(options.shape().items()).isEqualTo(7);
        assertThat(options.shape().backlog()).isZero();
        assertThat(options.output()).isPresent();
    }

    @Test
    void misuseIsSaid() {
        assertMisuse("workload is missing");
        assertMisuse("unknown workload", "ftp");
        assertMisuse("unknown option", "sqs", "--fast", "yes");
        assertMisuse("needs a value", "sqs", "--rounds");
        assertMisuse("needs a number", "sqs", "--rounds", "many");
        assertMisuse("out of range", "sqs", "--rounds", "0");
        assertMisuse("out of range", "sqs", "--backlog", "-1");
        assertMisuse("not an http address", "sqs", "--url", "https://example.org");
    }

    private static void assertMisuse(String sentence, String... arguments) {
        assertThatThrownBy(() -> Options.parse(arguments))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(sentence);
    }
}
