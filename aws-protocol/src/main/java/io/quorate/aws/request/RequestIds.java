package io.quorate.aws.request;

import java.util.Base64;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Makes request ids in the shape each service uses: S3 16 upper-case hex digits and a host id, SQS
 * a UUID, DynamoDB 52 upper-case letters and digits. They need to be unlikely to repeat, not
 * unguessable. As thread-safe as the source of random numbers.
 */
public final class RequestIds {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final char[] BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".toCharArray();
    private static final int DYNAMODB_LENGTH = 52;
    private static final int HOST_ID_BYTES = 56;

    private final LongSupplier random;

    /** Takes its 64-bit random numbers from the given source. */
    public RequestIds(LongSupplier random) {
        this.random = random;
    }

    /** A new id of S3's shape with its host id. */
    public RequestId forS3() {
        byte[] host = new byte[HOST_ID_BYTES];
        long bits = 0;
        for (int i = 0; i < host.length; i++) {
            bits = (i & 7) == 0 ? random.getAsLong() : bits >>> 8;
            host[i] = (byte) bits;
        }
        return new RequestId(hex(random.getAsLong()), Base64.getEncoder().encodeToString(host));
    }

    /** A new id of SQS's shape, a UUID. */
    public RequestId forSqs() {
        // Version 4, variant 2: RFC 9562, section 5.4.
        long high = (random.getAsLong() & ~0xF000L) | 0x4000L;
        long low = (random.getAsLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new RequestId(new UUID(high, low).toString(), "");
    }

    /** A new id of DynamoDB's shape. */
    public RequestId forDynamoDb() {
        char[] out = new char[DYNAMODB_LENGTH];
        long bits = 0;
        for (int i = 0; i < out.length; i++) {
            // Twelve digits of five bits fit in one number.
            bits = i % 12 == 0 ? random.getAsLong() : bits >>> 5;
            out[i] = BASE32[(int) (bits & 31)];
        }
        return new RequestId(new String(out), "");
    }

    private static String hex(long value) {
        char[] out = new char[16];
        for (int i = 0; i < out.length; i++) {
            out[i] = HEX[(int) (value >>> (60 - 4 * i)) & 15];
        }
        return new String(out);
    }
}
