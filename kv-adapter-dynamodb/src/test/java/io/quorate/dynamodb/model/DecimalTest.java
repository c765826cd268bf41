package io.quorate.dynamodb.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    private static final int PAIRS = 100_000;
    private static final int MANY_PAIRS = 10_000_000;
    private static final long SEED = 0x5EED_2026L;

    @Test
    void encodedOrderIsNumericOrder() {
        compare(PAIRS);
    }

    @Test
    @Tag("slow")
    void encodedOrderIsNumericOrderOfTenMillionPairs() {
        compare(MANY_PAIRS);
    }

    private static void compare(int pairs) {
        Random random = new Random(SEED);
        for (int i = 0; i < pairs; i++) {
            BigDecimal left = random(random);
            BigDecimal right = random.nextBoolean() ? random(random) : neighbour(random, left);

            int encoded = Integer.signum(
                    Arrays.compareUnsigned(of(left).encoded(), of(right).encoded()));

            if (encoded != left.compareTo(right)) {
                fail("seed %d: %s ? %s", SEED, left, right);
            }
        }
    }

    @Test
    void everyNumberComesBackExactly() {
        Random random = new Random(SEED + 1);
        char[] plain = new char[Decimal.MAX_PLAIN_LENGTH];
        for (int i = 0; i < PAIRS; i++) {
            BigDecimal value = random(random);
            Decimal number = of(value);
            byte[] encoded = number.encoded();

            Decimal decoded = Decimal.decode(encoded, 0, encoded.length);

            assertThat(decoded).as("seed %d: %s", SEED + 1, value).isEqualTo(number);
            assertThat(decoded.toBigDecimal()).isEqualByComparingTo(value);
            int length = decoded.toPlain(plain);
            assertThat(new String(plain, 0, length)).isEqualTo(plainOf(value));
        }
    }

    @Test
    void equalValuesHaveEqualBytesWhateverTheLiteral() {
        assertThat(Decimal.parse("100").encoded()).isEqualTo(Decimal.parse("1E2").encoded())
                .isEqualTo(Decimal.parse("+0100.000").encoded())
                .isEqualTo(Decimal.parse("1000e-1").encoded());
        assertThat(Decimal.parse("-0").encoded()).isEqualTo(Decimal.ZERO.encoded());
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,2", "12,2", "123,3", "1234,3",
        "12345678901234567890123456789012345678,20",
        "0042,2", "100,2", "1010,3", "0.0000001,2", "1E125,2", "1E-100,2", "1.5,3", "15,2",
        "1.2,3", "1.200,3", "1.234,4", "3.14159,5", "123456,4", "100.5,4", "0.15,2", "-42,3",
        "-0,1"})
    void aNumberCountsAsManyBytesAsDynamoDbCounts(String literal, int bytes) {
        assertThat(Decimal.parse(literal).sizeBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"00042,42", "1.0,1", "3.1400,3.14", "1.5E2,150", "-0,0", ".5,0.5", "5.,5",
        "+7,7", "-56.789,-56.789", "0e125,0", "1e-3,0.001", "-1E-2,-0.01", "120,120",
        "10.01,10.01"})
    void aLiteralIsAnsweredInPlainForm(String literal, String plain) {
        assertThat(Decimal.parse(literal)).hasToString(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1.2.3", " 1", "1 ", "0x10", "1e", "1e+", "NaN", "Infinity",
        ".", "-", "+-1", "1_0", "1e9223372036854775808", "1e-9223372036854775809",
        "\u0661"})
    void whatIsNoNumberIsRefused(String literal) {
        assertProblem(literal, DecimalException.Problem.NOT_NUMERIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e126", "-1e126", "10e125", "1e99999999999", "1e2147483648", "0e126",
        "1e9223372036854775807"})
    void whatIsTooLargeOverflows(String literal) {
        assertProblem(literal, DecimalException.Problem.OVERFLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-131", "-1e-131", "0.1e-130", "1e-99999999999", "1e-2147483648",
        "0e-131", "1e-9223372036854775808"})
    void whatIsTooSmallUnderflows(String literal) {
        assertProblem(literal, DecimalException.Problem.UNDERFLOW);
    }

    @Test
    void thirtyEightSignificantDigitsAreTheMost() {
        String most = "9".repeat(38);

        assertThat(Decimal.parse("000" + most + "000")).hasToString(most + "000");
        assertThat(Decimal.parse("-0.000" + most)).hasToString("-0.000" + most);
        assertProblem("1" + "0".repeat(37) + "1", DecimalException.Problem.TOO_MANY_DIGITS);
        assertProblem("-1." + "1".repeat(38), DecimalException.Problem.TOO_MANY_DIGITS);
    }

    @Test
    void theExtremesFitTheirBounds() {
        Decimal least = Decimal.parse("-1." + "1".repeat(37) + "e-130");

        assertThat(least.encodedLength()).isEqualTo(Decimal.MAX_ENCODED_LENGTH);
        assertThat(least.toString()).hasSize(Decimal.MAX_PLAIN_LENGTH);
        assertThat(Decimal.parse("1E125").toString()).isEqualTo("1" + "0".repeat(125));
    }

    private static void assertProblem(String literal, DecimalException.Problem problem) {
        assertThatThrownBy(() -> Decimal.parse(literal)).as(literal)
                .isInstanceOfSatisfying(DecimalException.class,
                        failure -> assertThat(failure.problem()).isEqualTo(problem));
    }

    private static Decimal of(BigDecimal value) {
        return Decimal.parse(value.toString());
    }

    private static String plainOf(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** Numbers of all lengths, signs and magnitudes; zero and short ones often. */
    private static BigDecimal random(Random random) {
        if (random.nextInt(50) == 0) {
            return BigDecimal.ZERO;
        }
        int digits = 1 + random.nextInt(random.nextBoolean() ? 3 : Decimal.MAX_DIGITS);
        BigInteger unscaled = new BigInteger(digits * 4, random)
                .mod(BigInteger.TEN.pow(digits)).add(BigInteger.ONE).min(
                        BigInteger.TEN.pow(digits).subtract(BigInteger.ONE));
        int length = unscaled.toString().length();
        int exponent = random.nextBoolean()
                ? random.nextInt(-3, 4)
                : random.nextInt(Decimal.MIN_EXPONENT, Decimal.MAX_EXPONENT + 1);
        BigDecimal value = new BigDecimal(unscaled, length - 1 - exponent);
        return random.nextBoolean() ? value.negate() : value;
    }

    /** A number that differs from another in its last digits or its sign only. */
    private static BigDecimal neighbour(Random random, BigDecimal value) {
        return switch (random.nextInt(3)) {
            case 0 -> value.negate();
            case 1 -> value.round(new MathContext(1 + random.nextInt(10), RoundingMode.DOWN));
            default -> value;
        };
    }
}
