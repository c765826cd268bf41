package io.quorate.dynamodb.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A DynamoDB number: up to 38 significant digits, a magnitude from 1E-130 to below 1E+126, exact.
 *
 * <p>{@link #encoded()} is its stored form, in items and in keys. Unsigned comparison of two encoded
 * numbers is comparison of their values, and equal values have equal bytes whatever their literals
 * were. The form is: a sign byte (negative, zero, positive in rising order); the decimal exponent
 * plus 130; then the significant digits in pairs, each pair plus one. A negative number has
 * exponent and pairs complemented and ends in 0xFF, so that more digits sort before fewer.
 *
 * <p>Immutable. Source: DynamoDB developer guide, "Naming rules and data types", Number.
 */
public final class Decimal implements Comparable<Decimal> {
    /** Most significant digits. */
    public static final int MAX_DIGITS = 38;
    /** Greatest decimal exponent of the first significant digit. */
    public static final int MAX_EXPONENT = 125;
    /** Least decimal exponent of the first significant digit. */
    public static final int MIN_EXPONENT = -130;
    /** Longest encoded form: sign, exponent, 19 pairs, terminator. */
    public static final int MAX_ENCODED_LENGTH = 22;
    /** Longest plain form: sign, "0.", 129 zeros, 38 digits. */
    public static final int MAX_PLAIN_LENGTH = 170;

    /** Zero. */
    public static final Decimal ZERO = new Decimal(false, 0, new byte[0]);

    private static final int NEGATIVE = 1;
    private static final int ZERO_SIGN = 2;
    private static final int POSITIVE = 3;
    private static final int TERMINATOR = 0xFF;

    private final boolean negative;
    private final int exponent;
    /** Values 0 to 9, most significant first, neither leading nor trailing zeros; empty for zero. */
    private final byte[] digits;

    private Decimal(boolean negative, int exponent, byte[] digits) {
        this.negative = negative;
        this.exponent = exponent;
        this.digits = digits;
    }

    /** From digits without leading and trailing zeros; the parser and the decoder call it. */
    static Decimal of(boolean negative, int exponent, byte[] digits) {
        return digits.length == 0 ? ZERO : new Decimal(negative, exponent, digits);
    }

    /**
     * Reads a literal.
     *
     * @throws DecimalException if it is no number, or one out of range
     */
    public static Decimal parse(char[] text, int offset, int length) {
        return new DecimalParser(text, offset, offset + length).parse();
    }

    /**
     * Reads a literal.
     *
     * @throws DecimalException if it is no number, or one out of range
     */
    public static Decimal parse(String text) {
        return parse(text.toCharArray(), 0, text.length());
    }

    /** Reads what {@link #encode} wrote. */
    public static Decimal decode(byte[] bytes, int offset, int length) {
        int sign = bytes[offset];
        if (sign == ZERO_SIGN) {
            return ZERO;
        }
        boolean negative = sign == NEGATIVE;
        if (!negative && sign != POSITIVE) {
            throw new IllegalStateException("no encoded number begins with " + sign);
        }
        int flip = negative ? 0xFF : 0;
        int exponent = ((bytes[offset + 1] & 0xFF) ^ flip) + MIN_EXPONENT;
        int pairs = length - (negative ? 3 : 2);
        byte[] digits = new byte[2 * pairs];
        for (int i = 0; i < pairs; i++) {
            int pair = ((bytes[offset + 2 + i] & 0xFF) ^ flip) - 1;
            digits[2 * i] = (byte) (pair / 10);
            digits[2 * i + 1] = (byte) (pair % 10);
        }
        boolean odd = digits[digits.length - 1] == 0;
        return new Decimal(negative, exponent,
                odd ? Arrays.copyOf(digits, digits.length - 1) : digits);
    }

    /** Length of the encoded form. */
    public int encodedLength() {
        return digits.length == 0 ? 1 : 2 + (digits.length + 1) / 2 + (negative ? 1 : 0);
    }

    /** Writes the encoded form and returns the position after it. */
    public int encode(byte[] out, int at) {
        if (digits.length == 0) {
            out[at] = ZERO_SIGN;
            return at + 1;
        }
        int flip = negative ? 0xFF : 0;
        int next = at;
        out[next++] = (byte) (negative ? NEGATIVE : POSITIVE);
        out[next++] = (byte) (exponent - MIN_EXPONENT ^ flip);
        for (int i = 0; i < digits.length; i += 2) {
            int low = i + 1 < digits.length ? digits[i + 1] : 0;
            out[next++] = (byte) (digits[i] * 10 + low + 1 ^ flip);
        }
        if (negative) {
            out[next++] = (byte) TERMINATOR;
        }
        return next;
    }

    /** The encoded form. */
    public byte[] encoded() {
        byte[] bytes = new byte[encodedLength()];
        encode(bytes, 0);
        return bytes;
    }

    /**
     * What the number counts towards an item's size: one byte, one for each two significant digits
     * on either side of the decimal point, and one for a minus sign.
     */
    public int sizeBytes() {
        if (digits.length == 0) {
            return 1;
        }
        int before = Math.clamp(exponent + 1, 0, digits.length);
        int after = digits.length - before;
        return 1 + (before + 1) / 2 + (after + 1) / 2 + (negative ? 1 : 0);
    }

    /**
     * Writes the number without an exponent, as DynamoDB answers it.
     *
     * @param out at least {@link #MAX_PLAIN_LENGTH} long
     * @return how many chars were written
     */
    public int toPlain(char[] out) {
        if (digits.length == 0) {
            out[0] = '0';
            return 1;
        }
        int at = 0;
        if (negative) {
            out[at++] = '-';
        }
        return exponent < 0 ? fraction(out, at) : mixed(out, at);
    }

    private int fraction(char[] out, int start) {
        int at = start;
        out[at++] = '0';
        out[at++] = '.';
        for (int i = -1; i > exponent; i--) {
            out[at++] = '0';
        }
        for (byte digit : digits) {
            out[at++] = (char) ('0' + digit);
        }
        return at;
    }

    private int mixed(char[] out, int start) {
        int at = start;
        for (int i = 0; i < Math.max(digits.length, exponent + 1); i++) {
            if (i == exponent + 1) {
                out[at++] = '.';
            }
            out[at++] = (char) ('0' + (i < digits.length ? digits[i] : 0));
        }
        return at;
    }

    /**
     * The sum.
     *
     * @throws DecimalException if it is out of range or needs more digits than a number has
     */
    public Decimal plus(Decimal other) {
        return parse(toBigDecimal().add(other.toBigDecimal()).toString());
    }

    /**
     * The difference.
     *
     * @throws DecimalException if it is out of range or needs more digits than a number has
     */
    public Decimal minus(Decimal other) {
        return parse(toBigDecimal().subtract(other.toBigDecimal()).toString());
    }

    /** The same value. */
    public BigDecimal toBigDecimal() {
        if (digits.length == 0) {
            return BigDecimal.ZERO;
        }
        char[] text = new char[digits.length];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) ('0' + digits[i]);
        }
        BigInteger unscaled = new BigInteger(new String(text));
        return new BigDecimal(negative ? unscaled.negate() : unscaled,
                digits.length - 1 - exponent);
    }

    @Override
    public int compareTo(Decimal other) {
        return Arrays.compareUnsigned(encoded(), other.encoded());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Decimal that && negative == that.negative
                && exponent == that.exponent && Arrays.equals(digits, that.digits);
    }

    @Override
    public int hashCode() {
        return (31 * exponent + Arrays.hashCode(digits)) * (negative ? -1 : 1);
    }

    @Override
    public String toString() {
        char[] plain = new char[MAX_PLAIN_LENGTH];
        return new String(plain, 0, toPlain(plain));
    }
}
