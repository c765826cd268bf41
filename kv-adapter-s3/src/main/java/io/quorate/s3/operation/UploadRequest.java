package io.quorate.s3.operation;

import io.quorate.s3.model.NamedPart;
import io.quorate.s3.model.ObjectAddress;
import io.quorate.s3.model.ObjectMetadata;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.model.Upload;
import io.quorate.s3.model.WriteCondition;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A request about a multipart upload to an address. */
public sealed interface UploadRequest extends S3Request {
    /** The object. */
    ObjectAddress address();

    @Override
    default String iamName() {
        return "s3:PutObject";
    }

    @Override
    default String arn() {
        return address().arn();
    }

    /**
     * CreateMultipartUpload.
     *
     * @param metadata the object's
     * @param checksums how its parts are summed up
     */
    record Create(ObjectAddress address, ObjectMetadata metadata, Upload.Checksums checksums)
            implements
                UploadRequest {}

    /**
     * UploadPart, without its body.
     *
     * @param upload the upload
     * @param number the part
     * @param length the body's length in bytes
     */
    record Put(ObjectAddress address, UUID upload, int number, long length)
            implements
                UploadRequest {}

    /**
     * CompleteMultipartUpload.
     *
     * @param upload the upload
     * @param parts its parts, by ascending number
     * @param condition what must hold
     * @param checksum what the object's checksum must be
     * @param size what the object's length must be
     */
    record Complete(ObjectAddress address, UUID upload, List<NamedPart> parts,
            WriteCondition condition, Optional<StoredChecksum> checksum, Optional<Long> size)
            implements
                UploadRequest {
        public Complete {
            parts = List.copyOf(parts);
        }
    }

    /** AbortMultipartUpload. */
    record Abort(ObjectAddress address, UUID upload) implements UploadRequest {
        @Override
        public String iamName() {
            return "s3:AbortMultipartUpload";
        }
    }

    /**
     * ListParts.
     *
     * @param upload the upload
     * @param after the part after which to begin
     * @param most how many at most
     */
    record Parts(ObjectAddress address, UUID upload, int after, int most)
            implements
                UploadRequest {
        @Override
        public String iamName() {
            return "s3:ListMultipartUploadParts";
        }
    }
}
