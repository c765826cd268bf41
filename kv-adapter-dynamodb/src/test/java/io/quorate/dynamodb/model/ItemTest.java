package io.quorate.dynamodb.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemTest {
    private static final long SEED = 0x5EED_0400L;

    @Test
    void anAttributeIsFoundBehindOthersOfEveryType() {
        ItemWriter writer = new ItemWriter(0);
        writer.attribute("map");
        int map = writer.begin(AttributeType.M);
        writer.entry("wanted");
        writer.bool(true);
        writer.end(map);
        writer.attribute("list");
        int list = writer.begin(AttributeType.L);
        writer.element();
        writer.number(Decimal.parse("-1.5"));
        writer.end(list);
        writer.attribute("set");
        writer.set(AttributeType.SS, List.of(utf8("a"), utf8("b")), 2);
        writer.attribute("null");
        writer.nothing();
        writer.attribute("binary");
        writer.binary(new byte[300]);
        writer.attribute("wanted");
        text(writer, "here");
        Item item = writer.toItem();

        ItemReader found = item.find("wanted").orElseThrow();

        assertThat(found.type()).isEqualTo(AttributeType.S);
        assertThat(found.copyBytes()).isEqualTo(utf8("here"));
        assertThat(item.find("want")).isEmpty();
        assertThat(item.find("wanted2")).isEmpty();
    }

    @Test
    void theSizeIsThatOfNamesAndValues() {
        ItemWriter writer = new ItemWriter(0);
        writer.attribute("\u00e9");
        text(writer, "\ud83d\ude00x");
        writer.attribute("ns");
        writer.set(AttributeType.NS, List.of(Decimal.parse("-42").encoded()), 3);

        assertThat(writer.toItem().sizeBytes()).isEqualTo(2 + 5 + 2 + 3);
    }

    @Test
    void textOfAnyKindIsStoredInUtf8() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String value = random.ints(random.nextInt(20), 0, Character.MAX_CODE_POINT + 1)
                    .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint,
                            StringBuilder::append)
                    .toString();
            ItemWriter writer = new ItemWriter(0);
            writer.attribute("a");
            text(writer, value);

            ItemReader found = writer.toItem().find("a").orElseThrow();

            assertThat(found.type()).isEqualTo(AttributeType.S);
            assertThat(found.copyBytes()).as("seed %d: %s", SEED, value).isEqualTo(utf8(value));
        }
    }

    @Test
    void loneSurrogatesAreNoText() {
        for (String text : List.of("\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d")) {
            assertThat(Utf8.length(text.toCharArray(), 0, text.length()))
                    .isEqualTo(Utf8.MALFORMED);
        }
    }

    @Test
    void anItemOfAnotherVersionIsNotGuessedAt() {
        assertThatThrownBy(() -> Item.of(new byte[]{2, 0, 0, 0}))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Item.of(new byte[]{1, 0}))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void text(ItemWriter writer, String text) {
        char[] chars = text.toCharArray();
        writer.string(chars, 0, chars.length, Utf8.length(chars, 0, chars.length));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
