package io.quorate.aws.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentCodeTest {
    @ParameterizedTest
    @CsvSource({"abc-._~, abc-._~", "%41, A", "%7E, ~", "%2f, %2F", "a+b, a%20b", "%2B, %2B",
        "a/b, a%2Fb", "!'()*, %21%27%28%29%2A", "%ff, %FF", "%e2%82%ac, %E2%82%AC"})
    void canonicalFormIsTheOneThatAwsSigns(String raw, String canonical) {
        assertThat(PercentCode.canonicalize(raw)).isEqualTo(canonical);
    }

    @Test
    void encodingKeepsOnlyUnreservedCharsAndSlashesIfAsked() {
        assertThat(PercentCode.encode("a/ä %~", true)).isEqualTo("a/%C3%A4%20%25~");
        assertThat(PercentCode.encode("a/b", false)).isEqualTo("a%2Fb");
    }

    @Test
    void plusIsASpaceOnlyWhereAsked() {
        assertThat(PercentCode.decode("a+b%20c", false)).isEqualTo("a+b c");
        assertThat(PercentCode.decode("a+b%20c", true)).isEqualTo("a b c");
    }
}
