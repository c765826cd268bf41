package io.quorate.aws.sigv4;

import io.quorate.aws.identity.AccessKey;
import io.quorate.aws.identity.Credentials;
import io.quorate.aws.identity.Identity;
import io.quorate.aws.identity.IdentityDirectory;
import io.quorate.aws.identity.Permissions;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import java.time.Instant;
import java.util.List;

/** The credentials, date and requests of the examples that AWS publishes with their signatures. */
public final class Published {
    public static final AccessKey KEY = new AccessKey("AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    public static final Identity IDENTITY = new Identity("example", "123456789012", "c0ffee",
            "Example", new Permissions.Admin());
    public static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");
    public static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String SCOPE = "/20130524/us-east-1/s3/aws4_request";

    private Published() {}

    public static SigV4Verifier verifier() {
        return new SigV4Verifier(
                IdentityDirectory.of(List.of(new Credentials(KEY, IDENTITY))));
    }

    public static String authorization(String signedHeaders, String signature) {
        return "AWS4-HMAC-SHA256 Credential=" + KEY.id() + SCOPE + ", SignedHeaders="
                + signedHeaders + ", Signature=" + signature;
    }

    /** Example: PUT Object, transferring the payload in multiple chunks. */
    public static AwsRequestHead chunkedPut() {
        return new AwsRequestHead("PUT", "/examplebucket/chunkObject.txt", "",
                AwsHeaders.of("Host", "s3.amazonaws.com", "x-amz-date", "20130524T000000Z",
                        "x-amz-storage-class", "REDUCED_REDUNDANCY", "x-amz-content-sha256",
                        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "Content-Encoding", "aws-chunked",
                        "x-amz-decoded-content-length", "66560", "Content-Length", "66824",
                        "Authorization",
                        authorization(
                                "content-encoding;content-length;host;x-amz-content-sha256;"
                                        + "x-amz-date;x-amz-decoded-content-length;"
                                        + "x-amz-storage-class",
                                "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9")));
    }

    /** Example: PUT Object with a trailing checksum. */
    public static AwsRequestHead chunkedPutWithTrailer() {
        return new AwsRequestHead("PUT", "/examplebucket/chunkObject.txt", "",
                AwsHeaders.of("Host", "s3.amazonaws.com", "x-amz-date", "20130524T000000Z",
                        "x-amz-storage-class", "REDUCED_REDUNDANCY", "x-amz-content-sha256",
                        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "Content-Encoding",
                        "aws-chunked", "x-amz-decoded-content-length", "66560", "x-amz-trailer",
                        "x-amz-checksum-crc32c", "Authorization",
                        authorization(
                                "content-encoding;host;x-amz-content-sha256;x-amz-date;"
                                        + "x-amz-decoded-content-length;x-amz-storage-class;"
                                        + "x-amz-trailer",
                                "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e")));
    }
}
