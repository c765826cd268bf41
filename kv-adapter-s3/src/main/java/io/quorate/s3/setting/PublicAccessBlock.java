package io.quorate.s3.setting;

import io.quorate.s3.model.Element;
import java.util.Optional;

/**
 * What of public access is blocked. Source: S3 user guide, "Blocking public access to your Amazon S3
 * storage".
 *
 * @param publicAcls whether lists that open something to everybody are refused
 * @param ignoredAcls whether what lists open to everybody counts for nothing
 * @param publicPolicy whether policies that open something to everybody are refused
 * @param restricted whether such a policy allows nothing to other accounts
 */
record PublicAccessBlock(boolean publicAcls, boolean ignoredAcls, boolean publicPolicy,
        boolean restricted) {
    /** What holds for a bucket of which nobody said anything. */
    static final Element DEFAULT = Element.of("PublicAccessBlockConfiguration",
            Element.text("BlockPublicAcls", "true"), Element.text("IgnorePublicAcls", "true"),
            Element.text("BlockPublicPolicy", "true"),
            Element.text("RestrictPublicBuckets", "true"));

    /** @param row what is stored; nothing, or a document, or the mark that it was removed */
    static PublicAccessBlock of(Optional<Element> row) {
        Element document = row.orElse(DEFAULT);
        return new PublicAccessBlock(document.isTrue("BlockPublicAcls"),
                document.isTrue("IgnorePublicAcls"), document.isTrue("BlockPublicPolicy"),
                document.isTrue("RestrictPublicBuckets"));
    }
}
