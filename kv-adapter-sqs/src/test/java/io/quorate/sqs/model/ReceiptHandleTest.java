package io.quorate.sqs.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptHandleTest {
    private static final long SEED = 20_261_123;

    @Test
    void aHandleReadsBackAsItWasWritten() {
        Random random = new Random(SEED);
        for (int i = 0; i < 1_000; i++) {
            var handle = new ReceiptHandle(new UUID(random.nextLong(), random.nextLong()),
                    random.nextInt(), new Place(i % 2 == 0 ? "" : "group-" + i, random.nextLong()),
                    random.nextInt());

            assertThat(ReceiptHandle.decode(handle.encode())).as("seed " + SEED).contains(handle);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "AQ", "a b", "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a"})
    void whatThisServerDidNotMakeIsNoHandle(String text) {
        assertThat(ReceiptHandle.decode(text)).isEmpty();
    }

    @Test
    void aHandleOfAnotherVersionIsNoHandle() {
        byte[] bytes = Base64.getUrlDecoder()
                .decode(new ReceiptHandle(new UUID(1, 2), 3, new Place("g", 4), 5).encode());
        bytes[0]++;

        assertThat(ReceiptHandle.decode(Base64.getUrlEncoder().encodeToString(bytes))).isEmpty();
    }
}
