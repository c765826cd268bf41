package io.quorate.aws.chunked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.aws.payload.PayloadException;
import io.quorate.aws.payload.PayloadFailure;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.PayloadRule;
import io.quorate.aws.sigv4.Published;
import io.quorate.aws.sigv4.Verification;
import org.junit.jupiter.api.Test;

/** The examples of the Amazon S3 API reference: 65 KiB of the letter a, in two chunks. */
class PublishedChunksTest {
    private static final int LENGTH = 66_560;
    private static final byte[] PAYLOAD = Bodies.filled(LENGTH, 'a');
    private static final byte[] BODY = Bodies.concat(
            "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n",
            Bodies.filled(65_536, 'a'),
            "\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n",
            Bodies.filled(1_024, 'a'),
            "\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n",
            "\r\n");
    private static final byte[] BODY_WITH_TRAILER = Bodies.concat(
            "10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n",
            Bodies.filled(65_536, 'a'),
            "\r\n400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n",
            Bodies.filled(1_024, 'a'),
            "\r\n0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n",
            "x-amz-checksum-crc32c:sOO8/Q==\r\n",
            "x-amz-trailer-signature:",
            "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n", "\r\n");

    @Test
    void signedChunksAreAccepted() {
        assertThat(BODY).hasSize(66_824);
        assertThat(Bodies.decode(decoder(Published.chunkedPut()), BODY)).isEqualTo(PAYLOAD);
    }

    @Test
    void signedTrailerIsAcceptedAndHandedOn() {
        AwsChunkedDecoder decoder = decoder(Published.chunkedPutWithTrailer());

        assertThat(Bodies.decode(decoder, BODY_WITH_TRAILER)).isEqualTo(PAYLOAD);
        assertThat(decoder.trailers().first("X-Amz-Checksum-CRC32C")).isEqualTo("sOO8/Q==");
        assertThat(decoder.trailers().names()).hasSize(1);
    }

    @Test
    void changedByteOfAnyChunkIsRefused() {
        for (int at : new int[]{100, 65_000, 65_800}) {
            byte[] changed = BODY.clone();
            changed[at] ^= 1;
            assertThatThrownBy(
                    () -> Bodies.decode(decoder(Published.chunkedPut()), changed))
                    .isInstanceOfSatisfying(PayloadException.class,
                            e -> assertThat(e.failure())
                                    .isEqualTo(new PayloadFailure.ChunkSignatureMismatch()));
        }
    }

    @Test
    void changedTrailerIsRefused() {
        int at = new String(BODY_WITH_TRAILER, java.nio.charset.StandardCharsets.ISO_8859_1)
                .indexOf("sOO8");
        byte[] changed = BODY_WITH_TRAILER.clone();
        changed[at] ^= 1;

        assertThatThrownBy(
                () -> Bodies.decode(decoder(Published.chunkedPutWithTrailer()), changed))
                .isInstanceOfSatisfying(PayloadException.class,
                        e -> assertThat(e.failure())
                                .isEqualTo(new PayloadFailure.TrailerSignatureMismatch()));
    }

    private static AwsChunkedDecoder decoder(AwsRequestHead head) {
        Verification verification = Published.verifier().verify(head, AwsService.S3, Published.NOW);
        PayloadRule rule = ((Verification.Verified) verification).rule();
        return new AwsChunkedDecoder(rule, LENGTH);
    }
}
