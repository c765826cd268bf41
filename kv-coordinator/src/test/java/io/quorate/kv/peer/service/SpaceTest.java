package io.quorate.kv.peer.service;

import static io.quorate.kv.peer.service.ServedKv.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.command.RetryRecord;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.v1.Span;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The layout of stored keys. */
class SpaceTest {
    private final Space space = new Space("orders");

    /** The layout is on disk: 15 09 is the number 9, 02..00 a text, 01..00 bytes with 00 as 00 FF. */
    @Test
    void layoutIsFixed() {
        Key key = space.key(ByteString.copyFrom(new byte[]{'k', 0, (byte) 0xFF}));

        assertThat(HexFormat.of().formatHex(key.shared()))
                .isEqualTo("1509" + "026f726465727300" + "016b00ffff00");
        assertThat(new Space("").key(bytes("k")).shared()).containsExactly(0x15, 9, 2, 0, 1, 'k',
                0);
    }

    @Test
    void keysAreTheTuplesOfTheKeyEncoder() {
        Random random = new Random(3);
        for (String name : new String[]{"", "orders", "a.b_c-d/e:f"}) {
            for (int i = 0; i < 5_000; i++) {
                ByteString key = key(random);

                assertThat(new Space(name).key(key).shared())
                        .isEqualTo(KeyEncoder.of(Space.KIND).add(name).add(key.toByteArray())
                                .onRoute(0).toKey().shared());
            }
        }
    }

    @Test
    void orderOfStoredKeysIsThatOfTheirBytes() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            ByteString left = key(random);
            ByteString right = key(random);

            assertThat(Integer.signum(space.key(left).compareTo(space.key(right))))
                    .as("%s and %s", left, right)
                    .isEqualTo(Integer.signum(Space.compare(left, right)));
            assertThat(Space.userKey(space.key(left))).isEqualTo(left);
        }
    }

    @Test
    void aSpanHoldsExactlyTheKeysThatItsBoundsAdmit() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Span span = Span.newBuilder().setStart(bound(random)).setEnd(bound(random))
                    .setPrefix(bound(random)).build();
            ByteString key = key(random);
            boolean admitted = Space.compare(key, span.getStart()) >= 0
                    && (span.getEnd().isEmpty() || Space.compare(key, span.getEnd()) < 0)
                    && key.startsWith(span.getPrefix());

            assertThat(space.range(span).map(range -> range.contains(space.key(key)))
                    .orElse(false)).as("%s in %s", key, span).isEqualTo(admitted);
        }
    }

    @Test
    void aSpanOfAllKeysHoldsNoKeyOfAnotherSpace() {
        KeyRange all = space.range(Span.getDefaultInstance()).orElseThrow();

        for (String other : new String[]{"", "order", "orders2", "orders/x", "p"}) {
            assertThat(all.contains(new Space(other).key(bytes("k")))).as(other).isFalse();
        }
        assertThat(all.contains(space.key(ByteString.copyFrom(new byte[]{0})))).isTrue();
        assertThat(all.contains(space.key(ByteString.copyFrom(new byte[]{-1, -1})))).isTrue();
    }

    @Test
    void theLongestKeyIsAStoredKeyWhateverItsBytes() {
        String longest = "s".repeat(Limits.SPACE_LENGTH);

        Key key = new Space(longest).key(ByteString.copyFrom(new byte[Limits.BOUND_BYTES]));

        assertThat(key.length()).isLessThan(Key.MAX_LENGTH);
    }

    @Test
    void answersOfRequestsWithAnIdAreShortEnoughToBeKept() {
        assertThat(Limits.KEPT_ANSWER_BYTES).isEqualTo(RetryRecord.MAX_ANSWER);
    }

    private static ByteString key(Random random) {
        return few(random, 1 + random.nextInt(4));
    }

    private static ByteString bound(Random random) {
        return few(random, random.nextInt(3));
    }

    /** Few different bytes, those among them that the encoding treats in a way of their own. */
    private static ByteString few(Random random, int length) {
        byte[] alphabet = {0, 1, 2, 'a', -2, -1};
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return ByteString.copyFrom(bytes);
    }
}
