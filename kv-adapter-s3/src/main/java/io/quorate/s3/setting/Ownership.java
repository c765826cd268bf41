package io.quorate.s3.setting;

import io.quorate.s3.model.Element;
import java.util.Optional;

/**
 * Whether access control lists count. Source: S3 user guide, "Controlling ownership of objects and
 * disabling ACLs for your bucket".
 */
final class Ownership {
    private static final String ENFORCED = "BucketOwnerEnforced";
    /** What holds for a bucket of which nobody said anything. */
    static final Element DEFAULT = of(ENFORCED);

    private Ownership() {}

    static Element of(String word) {
        return Element.of("OwnershipControls",
                Element.of("Rule", Element.text("ObjectOwnership", word)));
    }

    /** @param row what is stored; nothing, or a document, or the mark that it was removed */
    static boolean isEnforced(Optional<Element> row) {
        return row.orElse(DEFAULT).child("Rule").flatMap(rule -> rule.textOf("ObjectOwnership"))
                .filter(ENFORCED::equals).isPresent();
    }
}
