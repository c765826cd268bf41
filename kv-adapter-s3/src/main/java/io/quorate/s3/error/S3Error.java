package io.quorate.s3.error;

/** The errors S3 answers. Source: Amazon S3 API reference, "List of error codes". */
public enum S3Error {
    //
    NO_SUCH_TAG_SET("NoSuchTagSet", 404,
            "The TagSet does not exist"),
    //
    NO_SUCH_CORS("NoSuchCORSConfiguration", 404,
            "The CORS configuration does not exist"),
    //
    NO_SUCH_LIFECYCLE("NoSuchLifecycleConfiguration", 404,
            "The lifecycle configuration does not exist"),
    //
    NO_SUCH_POLICY("NoSuchBucketPolicy", 404,
            "The bucket policy does not exist"),
    //
    NO_SUCH_OWNERSHIP("OwnershipControlsNotFoundError", 404,
            "The bucket ownership controls were not found"),
    //
    NO_SUCH_PUBLIC_ACCESS_BLOCK("NoSuchPublicAccessBlockConfiguration", 404,
            "The public access block configuration was not found"),
    //
    NO_SUCH_ENCRYPTION("ServerSideEncryptionConfigurationNotFoundError", 404,
            "The server side encryption configuration was not found"),
    //
    NO_SUCH_WEBSITE("NoSuchWebsiteConfiguration", 404,
            "The specified bucket does not have a website configuration"),
    //
    MALFORMED_POLICY("MalformedPolicy", 400,
            "Policies must be valid JSON and the first byte must be '{'"),
    //
    MALFORMED_ACL("MalformedACLError", 400,
            "The XML you provided was not well-formed or did not validate against our published schema"),
    //
    ACL_NOT_SUPPORTED("AccessControlListNotSupported", 400,
            "The bucket does not allow ACLs"),
    //
    ACL_WITH_OWNERSHIP("InvalidBucketAclWithObjectOwnership", 400,
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"),
    //
    BAD_TAG("InvalidTag", 400,
            "The tag provided was not a valid tag."),
    //
    ACCESS_FORBIDDEN("AccessForbidden", 403,
            "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec."),
    //
    BAD_CORS_REQUEST("BadRequest", 400, "Insufficient information."),
    //
    INVALID_POLICY_DOCUMENT("InvalidPolicyDocument", 400,
            "The content of the form does not meet the conditions specified in the policy document."),
    //
    MALFORMED_POST("MalformedPOSTRequest", 400,
            "The body of your POST request is not well-formed multipart/form-data."),
    //
    INCORRECT_FILES("IncorrectNumberOfFilesInPostRequest", 400,
            "POST requires exactly one file upload per request."),
    //
    MAX_POST_PRE_DATA("MaxPostPreDataLengthExceeded", 400,
            "Your POST request fields preceding the upload file were too large."),
    //
    BELOW_MINIMUM("EntityTooSmall", 400,
            "Your proposed upload is smaller than the minimum allowed size"),
    //
    INVALID_TARGET_BUCKET("InvalidTargetBucketForLogging", 400,
            "The target bucket for logging does not exist"),
    //
    ACCESS_DENIED("AccessDenied", 403, "Access Denied"), BAD_DIGEST("BadDigest", 400,
            "The Content-MD5 or checksum value that you specified did not match what the server received."), BUCKET_ALREADY_EXISTS(
                    "BucketAlreadyExists", 409,
                    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again."), BUCKET_ALREADY_OWNED_BY_YOU(
                            "BucketAlreadyOwnedByYou", 409,
                            "Your previous request to create the named bucket succeeded and you already own it."), BUCKET_NOT_EMPTY(
                                    "BucketNotEmpty", 409,
                                    "The bucket you tried to delete is not empty"), CONDITIONAL_REQUEST_CONFLICT(
                                            "ConditionalRequestConflict", 409,
                                            "A conflicting operation occurred during the request. Please retry."), ENTITY_TOO_LARGE(
                                                    "EntityTooLarge", 400,
                                                    "Your proposed upload exceeds the maximum allowed object size."), INTERNAL_ERROR(
                                                            "InternalError", 500,
                                                            "We encountered an internal error. Please try again."), INVALID_ARGUMENT(
                                                                    "InvalidArgument", 400,
                                                                    "Invalid Argument"), INVALID_BUCKET_NAME(
                                                                            "InvalidBucketName",
                                                                            400,
                                                                            "The specified bucket is not valid."), INVALID_LOCATION_CONSTRAINT(
                                                                                    "InvalidLocationConstraint",
                                                                                    400,
                                                                                    "The specified location-constraint is not valid"), INVALID_RANGE(
                                                                                            "InvalidRange",
                                                                                            416,
                                                                                            "The requested range is not satisfiable"), INVALID_REQUEST(
                                                                                                    "InvalidRequest",
                                                                                                    400,
                                                                                                    "Invalid Request"), INVALID_STORAGE_CLASS(
                                                                                                            "InvalidStorageClass",
                                                                                                            400,
                                                                                                            "The storage class you specified is not valid"), INVALID_URI(
                                                                                                                    "InvalidURI",
                                                                                                                    400,
                                                                                                                    "Couldn't parse the specified URI."), KEY_TOO_LONG(
                                                                                                                            "KeyTooLongError",
                                                                                                                            400,
                                                                                                                            "Your key is too long"), MALFORMED_XML(
                                                                                                                                    "MalformedXML",
                                                                                                                                    400,
                                                                                                                                    "The XML you provided was not well-formed or did not validate against our published schema"), METADATA_TOO_LARGE(
                                                                                                                                            "MetadataTooLarge",
                                                                                                                                            400,
                                                                                                                                            "Your metadata headers exceed the maximum allowed metadata size"), METHOD_NOT_ALLOWED(
                                                                                                                                                    "MethodNotAllowed",
                                                                                                                                                    405,
                                                                                                                                                    "The specified method is not allowed against this resource."), MISSING_CONTENT_LENGTH(
                                                                                                                                                            "MissingContentLength",
                                                                                                                                                            411,
                                                                                                                                                            "You must provide the Content-Length HTTP header."), NO_SUCH_BUCKET(
                                                                                                                                                                    "NoSuchBucket",
                                                                                                                                                                    404,
                                                                                                                                                                    "The specified bucket does not exist"), NO_SUCH_KEY(
                                                                                                                                                                            "NoSuchKey",
                                                                                                                                                                            404,
                                                                                                                                                                            "The specified key does not exist."), NOT_IMPLEMENTED(
                                                                                                                                                                                    "NotImplemented",
                                                                                                                                                                                    501,
                                                                                                                                                                                    "A header or query you provided implies functionality that is not implemented."), PRECONDITION_FAILED(
                                                                                                                                                                                            "PreconditionFailed",
                                                                                                                                                                                            412,
                                                                                                                                                                                            "At least one of the pre-conditions you specified did not hold"), REQUEST_TIMEOUT(
                                                                                                                                                                                                    "RequestTimeout",
                                                                                                                                                                                                    400,
                                                                                                                                                                                                    "Your socket connection to the server was not read from or written to within the timeout period."), SERVICE_UNAVAILABLE(
                                                                                                                                                                                                            "ServiceUnavailable",
                                                                                                                                                                                                            503,
                                                                                                                                                                                                            "Service is unable to handle request."), SLOW_DOWN(
                                                                                                                                                                                                                    "SlowDown",
                                                                                                                                                                                                                    503,
                                                                                                                                                                                                                    "Please reduce your request rate."),
    //
    NO_SUCH_UPLOAD("NoSuchUpload", 404,
            "The specified multipart upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."),
    //
    INVALID_PART("InvalidPart", 400,
            "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."),
    //
    INVALID_PART_ORDER("InvalidPartOrder", 400,
            "The list of parts was not in ascending order. The parts list must be specified in order by part number."),
    //
    INVALID_PART_NUMBER("InvalidPartNumber", 416, "The requested partnumber is not satisfiable"),
    //
    ENTITY_TOO_SMALL("EntityTooSmall", 400,
            "Your proposed upload is smaller than the minimum allowed size"),
    //
    NO_SUCH_VERSION("NoSuchVersion", 404, "The specified version does not exist."),
    //
    INVALID_TAG("InvalidTag", 400, "The tag provided was not a valid tag."),
    //
    INVALID_BUCKET_STATE("InvalidBucketState", 409,
            "The request is not valid with the current state of the bucket."),
    //
    NO_SUCH_OBJECT_LOCK("NoSuchObjectLockConfiguration", 404,
            "The specified object does not have a ObjectLock configuration"),
    //
    OBJECT_LOCK_NOT_FOUND("ObjectLockConfigurationNotFoundError", 404,
            "Object Lock configuration does not exist for this bucket");

    private final String code;
    private final int status;
    private final String text;

    S3Error(String code, int status, String text) {
        this.code = code;
        this.status = status;
        this.text = text;
    }

    /** The code in the error document. */
    public String code() {
        return code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The message S3 gives with it. */
    public String text() {
        return text;
    }
}
