package io.quorate.s3.setting;

import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;

/** How objects are encrypted whose writer does not say. Source: S3 API reference, PutBucketEncryption. */
final class DefaultEncryption {
    private DefaultEncryption() {}

    static void check(Element configuration) {
        String algorithm = configuration.child("Rule")
                .flatMap(rule -> rule.child("ApplyServerSideEncryptionByDefault"))
                .flatMap(rule -> rule.textOf("SSEAlgorithm")).orElse("");
        if (!algorithm.equals("AES256")) {
            throw S3Exception.notImplemented(algorithm);
        }
    }
}
