package io.quorate.s3.http;

import io.quorate.aws.request.QueryParameters;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.setting.SettingKind;
import java.util.Optional;

/**
 * An action on a setting of a bucket.
 *
 * @param verb what to do
 * @param kind with which setting
 */
record SettingAction(Verb verb, SettingKind kind) {
    private static final String POLICY_STATUS = "policyStatus";

    /** What is done with a setting. */
    enum Verb {
        GET, STATUS, PUT, DELETE
    }

    /**
     * The action that a request about a bucket means; empty if it is about no setting. Two
     * sub-resources at once mean nothing that is built.
     */
    static Optional<SettingAction> of(String method, QueryParameters query) {
        Optional<SettingAction> found = Optional.empty();
        for (QueryParameters.Parameter parameter : query) {
            Optional<SettingAction> named = named(method, parameter.name());
            if (named.isPresent() && found.isPresent()) {
                throw S3Exception.notImplemented(parameter.name());
            }
            found = found.or(() -> named);
        }
        if (found.isPresent()) {
            requireNothingElse(found.get(), query);
        }
        return found;
    }

    private static Optional<SettingAction> named(String method, String parameter) {
        if (parameter.equals(POLICY_STATUS)) {
            if (!method.equals("GET")) {
                throw notAllowed(method);
            }
            return Optional.of(new SettingAction(Verb.STATUS, SettingKind.POLICY));
        }
        return SettingKind.ofParameter(parameter)
                .map(kind -> new SettingAction(verb(method, kind), kind));
    }

    private static Verb verb(String method, SettingKind kind) {
        return switch (method) {
            case "GET" -> Verb.GET;
            case "PUT" -> Verb.PUT;
            case "DELETE" -> {
                if (!isRemovable(kind)) {
                    throw notAllowed(method);
                }
                yield Verb.DELETE;
            }
            default -> throw notAllowed(method);
        };
    }

    private static boolean isRemovable(SettingKind kind) {
        return switch (kind) {
            case POLICY, OWNERSHIP, PUBLIC_ACCESS_BLOCK, TAGGING, CORS, LIFECYCLE, ENCRYPTION,
                    WEBSITE ->
                true;
            case ACL, REQUEST_PAYMENT, LOGGING, NOTIFICATION -> false;
        };
    }

    private static S3Exception notAllowed(String method) {
        return new S3Exception(S3Error.METHOD_NOT_ALLOWED).with("Method", method);
    }

    private static void requireNothingElse(SettingAction action, QueryParameters query) {
        String own = action.verb == Verb.STATUS ? POLICY_STATUS : action.kind.parameter();
        for (QueryParameters.Parameter parameter : query) {
            if (!parameter.name().equals(own) && !S3Action.isOfEveryRequest(parameter.name())) {
                throw S3Exception.notImplemented(parameter.name());
            }
        }
    }

    /** The name in the API reference. */
    String wireName() {
        return switch (verb) {
            case STATUS -> "GetBucketPolicyStatus";
            case GET -> "Get" + kind.noun();
            case PUT -> "Put" + kind.noun();
            case DELETE -> kind == SettingKind.LIFECYCLE
                    ? "DeleteBucketLifecycle"
                    : "Delete" + kind.noun();
        };
    }
}
