package io.quorate.aws.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumAlgorithmTest {
    /** The check values that the catalogues of CRCs, RFC 1321 and FIPS 180 publish. */
    @ParameterizedTest
    @CsvSource({"CRC32, cbf43926", "CRC32C, e3069283", "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
        "MD5, 25f9e794323b453885f5181f1b624d0b"})
    void oneToNineHasThePublishedCheckValue(ChecksumAlgorithm algorithm, String check) {
        Checksum checksum = algorithm.newChecksum();

        checksum.update(ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII)));

        assertThat(HexFormat.of().formatHex(checksum.digest())).isEqualTo(check);
    }

    /** The example values of the NVM Express NVM command set specification, 4 KiB each. */
    @Test
    void crc64NvmeOfTheSpecificationsExamples() {
        byte[] increasing = new byte[4096];
        byte[] decreasing = new byte[4096];
        for (int i = 0; i < 4096; i++) {
            increasing[i] = (byte) i;
            decreasing[i] = (byte) (255 - i);
        }
        byte[] ones = new byte[4096];
        java.util.Arrays.fill(ones, (byte) 0xff);

        assertThat(crc64(new byte[4096])).isEqualTo("6482d367eb22b64e");
        assertThat(crc64(ones)).isEqualTo("c0ddba7302eca3ac");
        assertThat(crc64(increasing)).isEqualTo("3e729f5f6750449c");
        assertThat(crc64(decreasing)).isEqualTo("9a2df64b8e9e517e");
    }

    @ParameterizedTest
    @EnumSource(ChecksumAlgorithm.class)
    void anySplitAndAnyKindOfBufferGiveTheSameValue(ChecksumAlgorithm algorithm) {
        byte[] bytes = new byte[1000];
        new Random(11).nextBytes(bytes);
        Checksum whole = algorithm.newChecksum();
        whole.update(ByteBuffer.wrap(bytes));
        byte[] expected = whole.digest();

        for (int cut = 0; cut <= 100; cut++) {
            ByteBuffer direct = ByteBuffer.allocateDirect(1000).put(bytes).flip()
                    .order(cut % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            ByteOrder order = direct.order();
            Checksum split = algorithm.newChecksum();
            split.update(direct.limit(cut));
            split.update(direct.limit(1000));

            assertThat(split.digest()).as("cut %s", cut).isEqualTo(expected)
                    .hasSize(algorithm.length());
            assertThat(direct.hasRemaining()).isFalse();
            assertThat(direct.order()).isEqualTo(order);
        }
    }

    @Test
    void algorithmIsFoundByItsHeaderWithoutCase() {
        assertThat(ChecksumAlgorithm.ofHeader("X-Amz-Checksum-Crc64Nvme"))
                .contains(ChecksumAlgorithm.CRC64NVME);
        assertThat(ChecksumAlgorithm.ofHeader("x-amz-checksum-type")).isEmpty();
    }

    private static String crc64(byte[] bytes) {
        Checksum checksum = new Crc64Nvme();
        checksum.update(ByteBuffer.wrap(bytes));
        return HexFormat.of().formatHex(checksum.digest());
    }
}
