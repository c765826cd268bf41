package io.quorate.aws.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrcCombinationTest {
    @ParameterizedTest
    @EnumSource(value = ChecksumAlgorithm.class, names = {"CRC32", "CRC32C", "CRC64NVME"})
    void halvesHaveTheWholesChecksum(ChecksumAlgorithm algorithm) {
        Random random = new Random(7);
        for (int length : new int[]{0, 1, 2, 255, 256, 10_007}) {
            byte[] whole = new byte[length];
            random.nextBytes(whole);
            int cut = length == 0 ? 0 : random.nextInt(length + 1);

            long combined = CrcCombination.combine(algorithm,
                    crc(algorithm, Arrays.copyOf(whole, cut)),
                    crc(algorithm, Arrays.copyOfRange(whole, cut, length)), length - cut);

            assertThat(combined).isEqualTo(crc(algorithm, whole));
        }
    }

    private static long crc(ChecksumAlgorithm algorithm, byte[] bytes) {
        Checksum checksum = algorithm.newChecksum();
        checksum.update(ByteBuffer.wrap(bytes));
        ByteBuffer value = ByteBuffer.allocate(Long.BYTES);
        byte[] digest = checksum.digest();
        value.position(Long.BYTES - digest.length).put(digest).flip();
        return value.getLong();
    }
}
