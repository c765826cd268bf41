package io.quorate.s3.setting;

import io.quorate.s3.model.Element;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What settings demand of each other, and what holds where nothing is set. Pure functions. */
public final class SettingRules {
    /** Stored where a setting that has a default was removed. */
    public static final Element REMOVED = Element.of("Removed");

    private SettingRules() {}

    /** Why something may not be set. */
    public enum Refusal {
        /** What it would open to everybody is blocked. */
        BLOCKED(10),
        /** Lists do not count here. */
        NO_LISTS(11),
        /** Lists shall not count, but the bucket's grants something. */
        LIST_GRANTS(12);

        private final int code;

        Refusal(int code) {
            this.code = code;
        }

        /** How it is written in answers. */
        public int code() {
            return code;
        }

        /** The refusal of a code. */
        public static Refusal of(int code) {
            return Arrays.stream(values()).filter(refusal -> refusal.code == code).findFirst()
                    .orElseThrow(() -> new IllegalStateException("a refusal of code " + code));
        }
    }

    /**
     * Why the document may not be set beside the others.
     *
     * @param others what is stored of the bucket
     */
    public static Optional<Refusal> refusal(SettingKind kind, Element document,
            Map<SettingKind, Element> others) {
        PublicAccessBlock block = PublicAccessBlock
                .of(Optional.ofNullable(others.get(SettingKind.PUBLIC_ACCESS_BLOCK)));
        Optional<Element> ownership = Optional.ofNullable(others.get(SettingKind.OWNERSHIP));
        return switch (kind) {
            case POLICY -> block.publicPolicy() && BucketPolicies.policy(document).isPublic()
                    ? Optional.of(Refusal.BLOCKED)
                    : Optional.empty();
            case ACL -> {
                if (Ownership.isEnforced(ownership) && grantsOthers(document)) {
                    yield Optional.of(Refusal.NO_LISTS);
                }
                yield block.publicAcls() && Grants.isPublic(document)
                        ? Optional.of(Refusal.BLOCKED)
                        : Optional.empty();
            }
            case OWNERSHIP -> {
                Element acl = others.get(SettingKind.ACL);
                yield Ownership.isEnforced(Optional.of(document)) && acl != null
                        && grantsOthers(acl) ? Optional.of(Refusal.LIST_GRANTS) : Optional.empty();
            }
            case PUBLIC_ACCESS_BLOCK, REQUEST_PAYMENT, TAGGING, CORS, LIFECYCLE, ENCRYPTION,
                    WEBSITE, LOGGING, NOTIFICATION ->
                Optional.empty();
        };
    }

    /** Why the settings may not be given to a new bucket. */
    public static Optional<Refusal> refusalAtCreation(Map<SettingKind, Element> settings) {
        return settings.entrySet().stream()
                .flatMap(one -> refusal(one.getKey(), one.getValue(), settings).stream())
                .findFirst();
    }

    private static boolean grantsOthers(Element acl) {
        String owner = acl.child("Owner").flatMap(one -> one.textOf("ID")).orElse("");
        return !acl.equals(Grants.ofOwner(owner));
    }

    /** The ownership that a word stands for. */
    public static Element ownership(String word) {
        return Ownership.of(word);
    }

    /** What holds, if there is anything: what is stored, or else the default. */
    public static Optional<Element> inForce(SettingKind kind, Optional<Element> stored,
            String owner) {
        if (stored.isPresent()) {
            return stored.filter(element -> !element.equals(REMOVED));
        }
        return switch (kind) {
            case ACL -> Optional.of(Grants.ofOwner(owner));
            case OWNERSHIP -> Optional.of(Ownership.DEFAULT);
            case PUBLIC_ACCESS_BLOCK -> Optional.of(PublicAccessBlock.DEFAULT);
            case REQUEST_PAYMENT -> Optional.of(Element.of("RequestPaymentConfiguration",
                    Element.text("Payer", "BucketOwner")));
            case LOGGING -> Optional.of(Element.of("BucketLoggingStatus"));
            case NOTIFICATION -> Optional.of(Element.of("NotificationConfiguration"));
            case POLICY, TAGGING, CORS, LIFECYCLE, ENCRYPTION, WEBSITE -> Optional.empty();
        };
    }

    /** Whether removing the setting leaves a mark, because its absence means something else. */
    public static boolean leavesMark(SettingKind kind) {
        return kind == SettingKind.OWNERSHIP || kind == SettingKind.PUBLIC_ACCESS_BLOCK;
    }
}
