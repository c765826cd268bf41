package io.quorate.aws.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.service.AwsService;
import io.quorate.aws.sigv4.Verification.Verified;
import org.junit.jupiter.api.Test;

/** The examples of the Amazon S3 API reference, with the signatures printed there. */
class PublishedExamplesTest {
    private static final String HOST = "examplebucket.s3.amazonaws.com";

    @Test
    void getObjectWithRangeIsAccepted() {
        assertAccepted(new AwsRequestHead("GET", "/test.txt", "",
                AwsHeaders.of("Host", HOST, "Range", "bytes=0-9", "x-amz-content-sha256",
                        Published.EMPTY_SHA256, "x-amz-date", "20130524T000000Z",
                        "Authorization",
                        Published.authorization("host;range;x-amz-content-sha256;x-amz-date",
                                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"))));
    }

    @Test
    void putObjectWithDateHeaderAndEscapedKeyIsAccepted() {
        assertAccepted(new AwsRequestHead("PUT", "/test%24file.text", "", AwsHeaders.of("Host",
                HOST, "Date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-date", "20130524T000000Z",
                "x-amz-storage-class", "REDUCED_REDUNDANCY", "x-amz-content-sha256",
                "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
                "Authorization",
                Published.authorization(
                        "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"))));
    }

    @Test
    void subresourceWithoutValueIsAccepted() {
        assertAccepted(new AwsRequestHead("GET", "/", "lifecycle", signed(
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")));
    }

    @Test
    void queryParametersAreAcceptedInAnyOrder() {
        AwsHeaders headers = signed(
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");

        assertAccepted(new AwsRequestHead("GET", "/", "max-keys=2&prefix=J", headers));
        assertAccepted(new AwsRequestHead("GET", "/", "prefix=J&max-keys=2", headers));
    }

    @Test
    void presignedGetIsAccepted() {
        String query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE"
                + "%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z"
                + "&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature="
                + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

        assertAccepted(
                new AwsRequestHead("GET", "/test.txt", query, AwsHeaders.of("Host", HOST)));
    }

    @Test
    void seedSignatureOfSignedChunksIsAccepted() {
        Verification verification = Published.verifier().verify(Published.chunkedPut(),
                AwsService.S3, Published.NOW);

        assertThat(verification).isInstanceOfSatisfying(Verified.class, verified -> {
            assertThat(verified.rule()).isInstanceOfSatisfying(PayloadRule.SignedChunks.class,
                    chunks -> assertThat(chunks.trailer()).isFalse());
            assertThat(verified.region()).isEqualTo("us-east-1");
        });
    }

    @Test
    void seedSignatureOfSignedChunksWithTrailerIsAccepted() {
        Verification verification = Published.verifier().verify(Published.chunkedPutWithTrailer(),
                AwsService.S3, Published.NOW);

        assertThat(verification).isInstanceOfSatisfying(Verified.class,
                verified -> assertThat(verified.rule()).isInstanceOfSatisfying(
                        PayloadRule.SignedChunks.class,
                        chunks -> assertThat(chunks.trailer()).isTrue()));
    }

    private static AwsHeaders signed(String signature) {
        return AwsHeaders.of("Host", HOST, "x-amz-date", "20130524T000000Z",
                "x-amz-content-sha256", Published.EMPTY_SHA256, "Authorization",
                Published.authorization("host;x-amz-content-sha256;x-amz-date", signature));
    }

    private static void assertAccepted(AwsRequestHead head) {
        assertThat(Published.verifier().verify(head, AwsService.S3, Published.NOW))
                .isInstanceOfSatisfying(Verified.class,
                        verified -> assertThat(verified.identity()).isEqualTo(Published.IDENTITY));
    }
}
