package io.quorate.aws.http;

/**
 * The limits of the entry, in bytes.
 *
 * @param maxHeaderBytes request line and headers; the HTTP server enforces it
 * @param maxSqsBodyBytes a Query or JSON request around 1 MiB of messages, percent-encoded at worst
 * @param maxDynamoDbBodyBytes BatchWriteItem's 16 MiB and its framing
 * @param maxS3XmlBytes the longest XML document: CompleteMultipartUpload with checksums
 * @param maxBodyMemoryBytes all bodies that are held in memory at one moment
 */
public record AwsLimits(int maxHeaderBytes, int maxSqsBodyBytes, int maxDynamoDbBodyBytes,
        int maxS3XmlBytes, long maxBodyMemoryBytes) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** What the server uses if nothing is configured. */
    public static final AwsLimits DEFAULT = new AwsLimits(32 * KIB, 4 * MIB, 17 * MIB, 2 * MIB,
            128L * MIB);

    public AwsLimits {
        if (maxHeaderBytes <= 0 || maxSqsBodyBytes <= 0 || maxDynamoDbBodyBytes <= 0
                || maxS3XmlBytes <= 0 || maxBodyMemoryBytes <= 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
