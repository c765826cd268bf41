package io.quorate.gateway.change;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** One run of a case: prepared, called once, checked. For one thread after another. */
final class Trial<S, R> {
    private final ActionCase<S, R> of;
    private final String id;
    private final S prepared;
    private @Nullable R answer;
    private @Nullable SdkException failure;

    Trial(ActionCase<S, R> of, String id, S prepared) {
        this.of = of;
        this.id = id;
        this.prepared = prepared;
    }

    /** Makes the call and keeps what became of it. */
    void call(Sdk sdk) {
        try {
            answer = of.call().call(sdk, prepared);
        } catch (SdkException refused) {
            failure = refused;
        }
    }

    /**
     * Asserts that it was answered, and happened once.
     *
     * @param sdk clients of a cluster at rest
     */
    void check(Sdk sdk) {
        R answered = answer;
        if (answered != null) {
            of.check().check(sdk, prepared, answered);
            return;
        }
        documented().orElseThrow(() -> new AssertionError(id + " was not answered", failure))
                .check(sdk, prepared);
    }

    private Optional<ActionCase.Effect<S>> documented() {
        return failure instanceof AwsServiceException refused
                ? Optional.ofNullable(refused.awsErrorDetails())
                        .map(AwsErrorDetails::errorCode).map(of.documentedErrors()::get)
                : Optional.empty();
    }
}
