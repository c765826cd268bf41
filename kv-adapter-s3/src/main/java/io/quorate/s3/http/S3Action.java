package io.quorate.s3.http;

import io.quorate.aws.request.QueryParameters;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import java.util.Set;

/** The actions that are built, and how requests for the others are told apart from them. */
enum S3Action {
    LIST_BUCKETS("ListBuckets", "prefix", "max-buckets", "continuation-token",
            "bucket-region"), CREATE_BUCKET("CreateBucket"), HEAD_BUCKET(
                    "HeadBucket"), DELETE_BUCKET("DeleteBucket"), GET_BUCKET_LOCATION(
                            "GetBucketLocation", "location"), LIST_OBJECTS("ListObjects", "prefix",
                                    "delimiter", "max-keys", "marker",
                                    "encoding-type"), LIST_OBJECTS_V2("ListObjectsV2", "list-type",
                                            "prefix", "delimiter", "max-keys",
                                            "start-after", "continuation-token", "fetch-owner",
                                            "encoding-type"), DELETE_OBJECTS("DeleteObjects",
                                                    "delete"), PUT_OBJECT("PutObject"), GET_OBJECT(
                                                            "GetObject",
                                                            Overrides.ALL), HEAD_OBJECT(
                                                                    "HeadObject",
                                                                    Overrides.ALL), DELETE_OBJECT(
                                                                            "DeleteObject"),
    //
    CREATE_MULTIPART_UPLOAD("CreateMultipartUpload", "uploads"),
    //
    UPLOAD_PART("UploadPart", "partNumber", "uploadId"),
    //
    COMPLETE_MULTIPART_UPLOAD("CompleteMultipartUpload", "uploadId"),
    //
    ABORT_MULTIPART_UPLOAD("AbortMultipartUpload", "uploadId"),
    //
    LIST_PARTS("ListParts", "uploadId", "max-parts", "part-number-marker"),
    //
    LIST_MULTIPART_UPLOADS("ListMultipartUploads", "uploads", "prefix", "delimiter", "key-marker",
            "upload-id-marker", "max-uploads", "encoding-type");

    /** Methods that mean something to S3; any other is not allowed. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT", "POST", "DELETE",
            "OPTIONS");
    /** The name of the action for the benefit of a reader; part of many SDKs' requests. */
    private static final String ACTION_HINT = "x-id";
    /** Source: "Authenticating requests: using query parameters". */
    private static final Set<String> SIGNATURE = Set.of("X-Amz-Algorithm", "X-Amz-Credential",
            "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature",
            "X-Amz-Security-Token", "X-Amz-Content-Sha256");
    private final String wireName;
    @SuppressWarnings("ImmutableEnumChecker") // Set.of is
    private final Set<String> parameters;

    S3Action(String wireName, String... parameters) {
        this.wireName = wireName;
        this.parameters = Set.of(parameters);
    }

    /** Headers of the answer that a request may set. */
    private static final class Overrides {
        private static final String[] ALL = {"response-content-type", "response-content-language",
            "response-expires", "response-cache-control", "response-content-disposition",
            "response-content-encoding"};
    }

    /** The name in the API reference. */
    String wireName() {
        return wireName;
    }

    /**
     * The action that a request means. Whatever is not exactly one that is built, a sub-resource or
     * another parameter among them, is refused: never taken for another action.
     */
    static S3Action of(String method, S3Target target, QueryParameters query) {
        if (!METHODS.contains(method)) {
            throw new S3Exception(S3Error.METHOD_NOT_ALLOWED).with("Method", method);
        }
        S3Action action = switch (target) {
            case S3Target.Service service -> ofService(method);
            case S3Target.OfBucket bucket -> ofBucket(method, query);
            case S3Target.OfObject object -> ofObject(method, query);
        };
        for (QueryParameters.Parameter parameter : query) {
            if (!action.takes(parameter.name())) {
                throw S3Exception.notImplemented(parameter.name());
            }
        }
        return action;
    }

    private static S3Action ofService(String method) {
        if (!method.equals("GET")) {
            throw notBuilt(method);
        }
        return LIST_BUCKETS;
    }

    private static S3Action ofBucket(String method, QueryParameters query) {
        return switch (method) {
            case "PUT" -> CREATE_BUCKET;
            case "HEAD" -> HEAD_BUCKET;
            case "DELETE" -> DELETE_BUCKET;
            case "POST" -> {
                if (query.first("delete") == null) {
                    throw notBuilt(method);
                }
                yield DELETE_OBJECTS;
            }
            case "GET" -> {
                if (query.first("uploads") != null) {
                    yield LIST_MULTIPART_UPLOADS;
                }
                if (query.first("location") != null) {
                    yield GET_BUCKET_LOCATION;
                }
                yield query.first("list-type") == null ? LIST_OBJECTS : LIST_OBJECTS_V2;
            }
            default -> throw notBuilt(method);
        };
    }

    private static S3Action ofObject(String method, QueryParameters query) {
        boolean ofUpload = query.first("uploadId") != null;
        return switch (method) {
            case "POST" -> {
                if (query.first("uploads") != null) {
                    yield CREATE_MULTIPART_UPLOAD;
                }
                if (!ofUpload) {
                    throw notBuilt(method);
                }
                yield COMPLETE_MULTIPART_UPLOAD;
            }
            case "PUT" -> ofUpload ? UPLOAD_PART : PUT_OBJECT;
            case "GET" -> ofUpload ? LIST_PARTS : GET_OBJECT;
            case "HEAD" -> HEAD_OBJECT;
            case "DELETE" -> ofUpload ? ABORT_MULTIPART_UPLOAD : DELETE_OBJECT;
            default -> throw notBuilt(method);
        };
    }

    private static S3Exception notBuilt(String method) {
        return S3Exception.notImplemented(method);
    }

    private boolean takes(String parameter) {
        return isOfEveryRequest(parameter) || parameters.contains(parameter);
    }

    /** Whether any request may have the parameter, whatever it asks for. */
    static boolean isOfEveryRequest(String parameter) {
        return parameter.equals(ACTION_HINT) || SIGNATURE.contains(parameter);
    }
}
