package io.quorate.s3.http;

import io.quorate.aws.checksum.ChecksumAlgorithm;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.setting.SettingKind;
import java.util.Locale;
import java.util.Set;

/**
 * Which {@code x-amz-*} headers a request may bring: those of the signature, and those of features
 * that are built. Any other asks for something that would not happen, so it is refused. Pure
 * functions.
 */
final class HeaderRules {
    private static final String PREFIX = "x-amz-";
    private static final String USER_METADATA = "x-amz-meta-";
    private static final Set<String> COMMON = Set.of("x-amz-date", "x-amz-content-sha256",
            "x-amz-security-token", "x-amz-user-agent", "x-amz-expected-bucket-owner",
            "x-amz-request-payer",
            "x-amz-sdk-checksum-algorithm");
    private static final Set<String> OF_PUT = Set.of("x-amz-decoded-content-length",
            "x-amz-trailer", "x-amz-sdk-checksum-algorithm", "x-amz-checksum-algorithm",
            "x-amz-storage-class", "x-amz-acl");
    private static final Set<String> OF_CREATE = Set.of("x-amz-acl", "x-amz-object-ownership");
    /** {@code x-amz-te} offers a transfer encoding, as TE does; nobody need take the offer. */
    private static final Set<String> OF_GET = Set.of("x-amz-checksum-mode", "x-amz-te");
    private static final Set<String> OF_CREATE_UPLOAD = Set.of("x-amz-checksum-algorithm",
            "x-amz-checksum-type", "x-amz-storage-class", "x-amz-acl");
    private static final Set<String> OF_PART = Set.of("x-amz-decoded-content-length",
            "x-amz-trailer", "x-amz-checksum-algorithm");
    private static final Set<String> OF_COMPLETE = Set.of("x-amz-decoded-content-length",
            "x-amz-trailer", "x-amz-checksum-type", "x-amz-mp-object-size");
    private static final Set<String> OF_DELETE = Set.of("x-amz-decoded-content-length",
            "x-amz-trailer", "x-amz-checksum-algorithm");
    /** What these ACLs grant is what the owner has anyway. */
    private static final Set<String> HARMLESS_ACLS = Set.of("private", "bucket-owner-full-control");
    private static final Set<String> OF_SETTING = Set.of("x-amz-decoded-content-length",
            "x-amz-trailer", "x-amz-checksum-algorithm", "x-amz-skip-destination-validation",
            "x-amz-confirm-remove-self-bucket-access");
    private static final String GRANT = "x-amz-grant-";

    private HeaderRules() {}

    static void check(S3Action action, AwsHeaders headers) {
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(PREFIX) && !isBuilt(action, lower)) {
                throw S3Exception.notImplemented(lower);
            }
        }
        String acl = headers.first("x-amz-acl");
        if (action != S3Action.CREATE_BUCKET && acl != null && !HARMLESS_ACLS.contains(acl)) {
            throw new S3Exception(S3Error.ACL_NOT_SUPPORTED);
        }
    }

    /** The same for a request about a setting. */
    static void check(SettingAction action, AwsHeaders headers) {
        boolean acl = action.kind() == SettingKind.ACL;
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean built = COMMON.contains(lower) || OF_SETTING.contains(lower)
                    || ChecksumAlgorithm.ofHeader(lower).isPresent()
                    || (acl && (lower.equals(AclDecoder.WORD) || lower.startsWith(GRANT)));
            if (lower.startsWith(PREFIX) && !built) {
                throw S3Exception.notImplemented(lower);
            }
        }
    }

    private static boolean isBuilt(S3Action action, String name) {
        // There it is of the object, and not of the document that the request brings.
        if (action == S3Action.COMPLETE_MULTIPART_UPLOAD
                && ChecksumAlgorithm.ofHeader(name).isPresent()) {
            return false;
        }
        // A checksum is of the request's body, which SDKs sum up even where there is none.
        return COMMON.contains(name) || ChecksumAlgorithm.ofHeader(name).isPresent()
                || switch (action) {
                    case CREATE_BUCKET -> OF_CREATE.contains(name) || name.startsWith(GRANT);
                    case PUT_OBJECT -> OF_PUT.contains(name) || name.startsWith(USER_METADATA);
                    case GET_OBJECT, HEAD_OBJECT -> OF_GET.contains(name);
                    case CREATE_MULTIPART_UPLOAD ->
                        OF_CREATE_UPLOAD.contains(name) || name.startsWith(USER_METADATA);
                    case UPLOAD_PART -> OF_PART.contains(name);
                    case COMPLETE_MULTIPART_UPLOAD -> OF_COMPLETE.contains(name);
                    case DELETE_OBJECTS -> OF_DELETE.contains(name);
                    case LIST_BUCKETS, HEAD_BUCKET, DELETE_BUCKET, GET_BUCKET_LOCATION,
                            LIST_OBJECTS, LIST_OBJECTS_V2, DELETE_OBJECT, ABORT_MULTIPART_UPLOAD,
                            LIST_PARTS, LIST_MULTIPART_UPLOADS ->
                        false;
                };
    }
}
