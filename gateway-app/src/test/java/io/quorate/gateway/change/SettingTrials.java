package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What cases of settings of buckets have in common. */
final class SettingTrials {
    private SettingTrials() {}

    /** Prepares a bucket, named by the trial, of which something is set. */
    static ActionCase.Prepare<String> bucketWith(ActionCase.Call<String, ?> set) {
        return (sdk, id) -> {
            String name = S3BucketActions.bucket(sdk, id);
            var unused = set.call(sdk, name);
            return name;
        };
    }

    /** Asserts that there is nothing to read, in AWS's word for it. */
    static void assertRefused(String code, ThrowingCallable read) {
        assertThatThrownBy(read).isInstanceOfSatisfying(S3Exception.class,
                answer -> assertThat(answer.awsErrorDetails().errorCode()).isEqualTo(code));
    }
}
