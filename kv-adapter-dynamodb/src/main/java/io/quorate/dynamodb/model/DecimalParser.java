package io.quorate.dynamodb.model;

import java.util.Arrays;

/** Reads one literal: {@code [+-] digits [. digits] [e [+-] digits]}, ASCII only. One use each. */
final class DecimalParser {
    /** Beyond this an exponent is out of range whatever the digits are; keeps sums within a long. */
    private static final long EXPONENT_CLAMP = 1L << 40;

    private final char[] text;
    private final int end;
    private int at;

    private final byte[] digits = new byte[Decimal.MAX_DIGITS];
    private int count;
    /** Zeros seen since the last stored digit; they count once another digit follows. */
    private long pendingZeros;
    private long sinceFirst;
    private long fraction;
    private boolean anyDigit;
    private boolean tooMany;

    DecimalParser(char[] text, int from, int to) {
        this.text = text;
        this.at = from;
        this.end = to;
    }

    Decimal parse() {
        boolean negative = sign();
        mantissa();
        long written = exponent();
        if (at != end || !anyDigit) {
            throw new DecimalException(DecimalException.Problem.NOT_NUMERIC);
        }
        // A zero is judged by the exponent it is written with, as DynamoDB does.
        long exponent = (count == 0 ? 0 : sinceFirst - 1) - fraction + written;
        if (exponent > Decimal.MAX_EXPONENT) {
            throw new DecimalException(DecimalException.Problem.OVERFLOW);
        }
        if (exponent < Decimal.MIN_EXPONENT) {
            throw new DecimalException(DecimalException.Problem.UNDERFLOW);
        }
        if (tooMany) {
            throw new DecimalException(DecimalException.Problem.TOO_MANY_DIGITS);
        }
        return Decimal.of(negative, (int) exponent, Arrays.copyOf(digits, count));
    }

    private boolean sign() {
        if (at < end && (text[at] == '-' || text[at] == '+')) {
            return text[at++] == '-';
        }
        return false;
    }

    private void mantissa() {
        boolean point = false;
        for (; at < end; at++) {
            char c = text[at];
            if (c == '.' && !point) {
                point = true;
            } else if (c >= '0' && c <= '9') {
                anyDigit = true;
                fraction += point ? 1 : 0;
                digit(c - '0');
            } else {
                return;
            }
        }
    }

    private void digit(int digit) {
        if (digit == 0) {
            if (count > 0) {
                pendingZeros++;
                sinceFirst++;
            }
            return;
        }
        sinceFirst++;
        if (count + pendingZeros >= Decimal.MAX_DIGITS) {
            tooMany = true;
            return;
        }
        count += (int) pendingZeros;
        pendingZeros = 0;
        digits[count++] = (byte) digit;
    }

    private long exponent() {
        if (at >= end || (text[at] != 'e' && text[at] != 'E')) {
            return 0;
        }
        at++;
        boolean negative = sign();
        int first = at;
        long value = 0;
        for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
            value = appendDigit(value, text[at] - '0', negative);
        }
        if (at == first) {
            throw new DecimalException(DecimalException.Problem.NOT_NUMERIC);
        }
        return Math.clamp(value, -EXPONENT_CLAMP, EXPONENT_CLAMP);
    }

    private static long appendDigit(long value, int digit, boolean negative) {
        try {
            long shifted = Math.multiplyExact(value, 10L);
            return negative ? Math.subtractExact(shifted, digit) : Math.addExact(shifted, digit);
        } catch (ArithmeticException beyondLong) {
            // DynamoDB refuses an exponent that is no 64-bit integer as no number at all.
            throw new DecimalException(DecimalException.Problem.NOT_NUMERIC);
        }
    }
}
