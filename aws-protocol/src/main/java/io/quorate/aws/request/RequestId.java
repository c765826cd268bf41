package io.quorate.aws.request;

/**
 * What names one request in its answer and in the logs.
 *
 * @param value as the service spells it
 * @param hostId S3's extended id ({@code x-amz-id-2}); "" for the others
 */
public record RequestId(String value, String hostId) {
    @Override
    public String toString() {
        return value;
    }
}
