package io.quorate.s3.operation;

import io.quorate.s3.model.UploadMarker;
import java.util.Optional;

/**
 * ListMultipartUploads.
 *
 * @param bucket the bucket's name
 * @param prefix keys begin with it
 * @param delimiter what ends a rolled-up prefix; empty for none
 * @param after what the uploads follow, if anything
 * @param most how many uploads and prefixes at most, to {@value #MAX_UPLOADS}
 */
public record ListUploadsRequest(String bucket, String prefix, String delimiter,
        Optional<UploadMarker> after, int most) implements S3Request {
    /** Most uploads of one answer. */
    public static final int MAX_UPLOADS = 1_000;

    @Override
    public String iamName() {
        return "s3:ListBucketMultipartUploads";
    }

    @Override
    public String arn() {
        return "arn:aws:s3:::" + bucket;
    }
}
