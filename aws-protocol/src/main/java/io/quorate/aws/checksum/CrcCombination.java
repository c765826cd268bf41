package io.quorate.aws.checksum;

/**
 * The CRC of bytes whose two halves' CRCs are known, without the bytes. Source: M. Adler, zlib's
 * crc32_combine, for any reflected CRC whose initial and final values are all ones. Pure functions.
 */
public final class CrcCombination {
    private static final long CRC32 = 0xEDB88320L;
    private static final long CRC32C = 0x82F63B78L;
    private static final long CRC64NVME = 0x9A6C9329AC4BC9B5L;

    private CrcCombination() {}

    /**
     * The CRC of two halves together.
     *
     * @param algorithm CRC32, CRC32C or CRC64NVME
     * @param first the first half's
     * @param second the second half's
     * @param secondLength bytes of the second half
     * @throws IllegalArgumentException if the algorithm is no CRC
     */
    public static long combine(ChecksumAlgorithm algorithm, long first, long second,
            long secondLength) {
        return switch (algorithm) {
            case CRC32 -> new Field(CRC32, 32).shifted(first, secondLength) ^ second;
            case CRC32C -> new Field(CRC32C, 32).shifted(first, secondLength) ^ second;
            case CRC64NVME -> new Field(CRC64NVME, 64).shifted(first, secondLength) ^ second;
            case SHA1, SHA256, MD5 ->
                throw new IllegalArgumentException("no CRC: " + algorithm);
        };
    }

    /** Polynomials modulo the CRC's; the highest bit is the coefficient of 1. */
    private record Field(long polynomial, int width) {
        private static final int BITS_OF_BYTE = 8;

        /** The CRC times x to the power of eight times the length. */
        long shifted(long crc, long length) {
            long power = 1L << (width - 1);
            long square = power >>> BITS_OF_BYTE; // x^8
            for (long left = length; left != 0; left >>>= 1) {
                if ((left & 1) != 0) {
                    power = times(square, power);
                }
                square = times(square, square);
            }
            return times(power, crc);
        }

        private long times(long a, long b) {
            long product = 0;
            long factor = b;
            for (long bit = 1L << (width - 1); bit != 0; bit >>>= 1) {
                if ((a & bit) != 0) {
                    product ^= factor;
                }
                factor = (factor & 1) != 0 ? (factor >>> 1) ^ polynomial : factor >>> 1;
            }
            return product;
        }
    }
}
