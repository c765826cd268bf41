package io.quorate.s3.http;

import io.quorate.aws.request.QueryParameters;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import java.util.Set;

/** The actions that are built, and how requests for the others are told apart from them. */
enum S3Action {
    CREATE_BUCKET("CreateBucket"), PUT_OBJECT("PutObject"), GET_OBJECT("GetObject");

    /** Methods that mean something to S3; any other is not allowed. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT", "POST", "DELETE",
            "OPTIONS");
    /** The name of the action for the benefit of a reader; part of many SDKs' requests. */
    private static final String ACTION_HINT = "x-id";
    /** Source: "Authenticating requests: using query parameters". */
    private static final Set<String> SIGNATURE = Set.of("X-Amz-Algorithm", "X-Amz-Credential",
            "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature",
            "X-Amz-Security-Token", "X-Amz-Content-Sha256");
    private static final Set<String> OVERRIDES = Set.of("response-content-type",
            "response-content-language", "response-expires", "response-cache-control",
            "response-content-disposition", "response-content-encoding");

    private final String wireName;

    S3Action(String wireName) {
        this.wireName = wireName;
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
            case S3Target.Service service -> throw notBuilt(method);
            case S3Target.OfBucket bucket -> when(method, "PUT", CREATE_BUCKET);
            case S3Target.OfObject object -> method.equals("PUT")
                    ? PUT_OBJECT
                    : when(method, "GET", GET_OBJECT);
        };
        for (QueryParameters.Parameter parameter : query) {
            if (!action.takes(parameter.name())) {
                throw S3Exception.notImplemented(parameter.name());
            }
        }
        return action;
    }

    private static S3Action when(String method, String built, S3Action action) {
        if (!method.equals(built)) {
            throw notBuilt(method);
        }
        return action;
    }

    private static S3Exception notBuilt(String method) {
        return S3Exception.notImplemented(method);
    }

    private boolean takes(String parameter) {
        return parameter.equals(ACTION_HINT) || SIGNATURE.contains(parameter)
                || (this == GET_OBJECT && OVERRIDES.contains(parameter));
    }
}
