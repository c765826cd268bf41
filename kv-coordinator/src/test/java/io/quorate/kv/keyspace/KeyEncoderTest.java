package io.quorate.kv.keyspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyEncoderTest {
    private static final long KIND = 3;

    /** Written out by hand from the tuple layer's specification; never to change. */
    @Test
    void storedFormIsTheRecordedOne() {
        Key key = KeyEncoder.of(KIND).add("t").route(0x1234).add(new byte[]{0, (byte) 0xFF}).add(-1)
                .toKey();

        assertThat(HexFormat.of().formatHex(key.shared()))
                .isEqualTo("1503" + "027400" + "161234" + "0100ffff00" + "13fe");
        assertThat(key.route()).isEqualTo(0x1234);
    }

    @Test
    void elementsAreReadBack() {
        Key key = KeyEncoder.of(KIND).add(70_000).route(9).add("größe").add(new byte[]{1, 0})
                .toKey();

        KeyReader reader = KeyReader.of(key);

        assertThat(reader.size()).isEqualTo(5);
        assertThat(reader.number(0)).isEqualTo(KIND);
        assertThat(reader.number(1)).isEqualTo(70_000);
        assertThat(reader.number(2)).isEqualTo(9);
        assertThat(reader.text(3)).isEqualTo("größe");
        assertThat(reader.bytes(4)).containsExactly(1, 0);
    }

    @Test
    void numbersSortByValue() {
        assertThat(key(-70_000)).isLessThan(key(-1));
        assertThat(key(-1)).isLessThan(key(0));
        assertThat(key(255)).isLessThan(key(256));
        assertThat(key(65_535)).isLessThan(key(Long.MAX_VALUE));
    }

    @Test
    void textsSortByCodePointAndNotByUtf16Unit() {
        Key privateUse = text("\uE000");
        Key emoji = text("\uD83D\uDE00");

        assertThat(privateUse).isLessThan(emoji);
        assertThat(text("a")).isLessThan(text("a\0"));
        assertThat(text("a\0")).isLessThan(text("ab"));
    }

    @Test
    void rangeBelowHoldsExtensionsOnly() {
        KeyRange range = KeyEncoder.of(KIND).route(1).add("a").below();

        assertThat(range.contains(text("a"))).isFalse();
        assertThat(range.contains(KeyEncoder.of(KIND).route(1).add("a").add("x").toKey())).isTrue();
        assertThat(
                range.contains(KeyEncoder.of(KIND).route(1).add("a").add(Long.MIN_VALUE).toKey()))
                .isTrue();
        assertThat(range.contains(KeyEncoder.of(KIND).route(1).add("a\0").toKey())).isFalse();
        assertThat(range.contains(KeyEncoder.of(KIND).route(1).add("ab").add("x").toKey()))
                .isFalse();
    }

    @Test
    void textPrefixRangeHoldsExactlyTheContinuations() {
        KeyRange range = KeyEncoder.of(KIND).route(1).belowTextsStartingWith("a/");

        assertThat(range.contains(text("a/"))).isTrue();
        assertThat(range.contains(text("a/\0b"))).isTrue();
        assertThat(range.contains(text("a/\uDBFF\uDFFF"))).isTrue();
        assertThat(range.contains(text("a"))).isFalse();
        assertThat(range.contains(text("a0"))).isFalse();
        assertThat(range.contains(KeyEncoder.of(KIND).route(1).add("a/".getBytes(UTF_8)).toKey()))
                .isFalse();
    }

    @Test
    void emptyTextPrefixHoldsEveryText() {
        KeyRange range = KeyEncoder.of(KIND).route(1).belowTextsStartingWith("");

        assertThat(range.contains(text(""))).isTrue();
        assertThat(range.contains(text("\uDBFF\uDFFF"))).isTrue();
        assertThat(range.contains(key(5))).isFalse();
    }

    @Test
    void bytePrefixRangeHoldsBytesOfOnes() {
        KeyRange range = KeyEncoder.of(KIND).route(1)
                .belowBytesStartingWith(new byte[]{(byte) 0xFF});

        assertThat(range.contains(bytes(0xFF, 0xFF))).isTrue();
        assertThat(range.contains(bytes(0xFE))).isFalse();
    }

    @Test
    void nothingLiesBetweenAKeyAndItsSuccessor() {
        Key key = text("a");

        Key next = KeyEncoder.immediatelyAfter(key);

        assertThat(next.length()).isEqualTo(key.length() + 1);
        assertThat(next).isGreaterThan(key);
        assertThat(next).isLessThanOrEqualTo(
                KeyEncoder.of(KIND).route(1).add("a").below().start());
    }

    @Test
    void keyWithoutRouteIsRefused() {
        assertThatThrownBy(() -> KeyEncoder.of(KIND).add("a").toKey())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void textThatIsNoUnicodeIsRefused() {
        assertThatThrownBy(() -> text("\uD800")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Key key(long number) {
        return KeyEncoder.of(KIND).route(1).add(number).toKey();
    }

    private static Key text(String text) {
        return KeyEncoder.of(KIND).route(1).add(text).toKey();
    }

    private static Key bytes(int... unsigned) {
        byte[] bytes = new byte[unsigned.length];
        for (int i = 0; i < unsigned.length; i++) {
            bytes[i] = (byte) unsigned[i];
        }
        return KeyEncoder.of(KIND).route(1).add(bytes).toKey();
    }
}
