package io.quorate.kv.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Vitals of other releases are understood, later ones as far as they are known. */
class RecordedVitalsTest {
    private static final Vitals VITALS = new Vitals(true, 1_700_000_000_000L);

    @Test
    void vitalsAreReadAndWrittenAsRecordedAndWhatCameLaterIsPassedOver() throws IOException {
        List<Value> recorded;
        try (InputStream in = Objects.requireNonNull(
                RecordedVitalsTest.class.getResourceAsStream("/peer/vitals-1.txt"))) {
            recorded = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Value.of(HexFormat.of().parseHex(line.split(" ", 2)[1])))
                    .toList();
        }

        assertThat(recorded).hasSize(2);
        assertThat(Vitals.decode(recorded.get(0))).isEqualTo(VITALS);
        assertThat(Vitals.decode(recorded.get(1))).isEqualTo(VITALS);
        assertThat(VITALS.encode()).isEqualTo(recorded.get(0));
    }
}
