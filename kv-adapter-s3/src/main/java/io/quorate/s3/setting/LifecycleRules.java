package io.quorate.s3.setting;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import io.quorate.s3.model.LifecycleRule;
import io.quorate.s3.model.LifecycleRule.Expiration;
import io.quorate.s3.model.LifecycleRule.Noncurrent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The rules for lifecycles. Source: S3 API reference, PutBucketLifecycleConfiguration. */
public final class LifecycleRules {
    private static final int MAX_ID = 255;
    private static final long DAY_SECONDS = 86_400;

    private LifecycleRules() {}

    static void check(Element configuration) {
        Set<String> ids = new HashSet<>();
        for (Element rule : configuration.children("Rule")) {
            String id = rule.textOf("ID").orElse("");
            if (id.length() > MAX_ID) {
                throw invalid("ID length should not exceed allowed limit of " + MAX_ID);
            }
            if (!id.isEmpty() && !ids.add(id)) {
                throw invalid("Rule ID must be unique. Found same ID for more than one rule");
            }
            checkScope(rule);
            checkActions(rule);
        }
    }

    private static void checkScope(Element rule) {
        Optional<Element> filter = rule.child("Filter");
        if (rule.child("Prefix").isPresent() == filter.isPresent()
                || filter.filter(one -> one.children().size() > 1).isPresent()) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        Optional<Element> and = filter.flatMap(one -> one.child("And"));
        if (and.filter(one -> one.children().size() < 2).isPresent()) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        BucketTags.checkTags(tags(rule), 10);
        boolean marker = rule.child("Expiration")
                .filter(one -> one.child("ExpiredObjectDeleteMarker").isPresent()).isPresent();
        if (!tags(rule).isEmpty()) {
            if (marker) {
                throw request("ExpiredObjectDeleteMarker cannot be specified with Tags.");
            }
            if (rule.child("AbortIncompleteMultipartUpload").isPresent()) {
                throw request("AbortIncompleteMultipartUpload cannot be specified with Tags.");
            }
        }
    }

    private static void checkActions(Element rule) {
        Optional<Element> expiration = rule.child("Expiration");
        Optional<Element> noncurrent = rule.child("NoncurrentVersionExpiration");
        Optional<Element> abort = rule.child("AbortIncompleteMultipartUpload");
        if (expiration.isEmpty() && noncurrent.isEmpty() && abort.isEmpty()) {
            throw request("At least one action needs to be specified in a rule.");
        }
        if (expiration.filter(one -> one.children().size() != 1).isPresent()
                || noncurrent.filter(one -> one.child("NoncurrentDays").isEmpty()).isPresent()) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        requirePositive(expiration, "Days", "'Days' for Expiration action");
        requirePositive(noncurrent, "NoncurrentDays",
                "'NoncurrentDays' for NoncurrentVersionExpiration action");
        requirePositive(noncurrent, "NewerNoncurrentVersions", "'NewerNoncurrentVersions'");
        requirePositive(abort, "DaysAfterInitiation",
                "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action");
        expiration.flatMap(one -> one.textOf("Date")).ifPresent(date -> {
            if (instant(date).getEpochSecond() % DAY_SECONDS != 0) {
                throw invalid("'Date' must be at midnight GMT");
            }
        });
    }

    private static void requirePositive(Optional<Element> action, String field, String what) {
        Predicate<String> positive = text -> Integer.parseInt(text) > 0;
        if (action.flatMap(one -> one.textOf(field)).filter(positive.negate()).isPresent()) {
            throw invalid(what + " must be a positive integer");
        }
    }

    private static Instant instant(String date) {
        try {
            return OffsetDateTime.parse(date).toInstant();
        } catch (DateTimeException noDate) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
    }

    /** The enabled rules of a checked configuration. */
    public static List<LifecycleRule> enabled(Element configuration) {
        return configuration.children("Rule").stream()
                .filter(rule -> rule.textOf("Status").filter("Enabled"::equals).isPresent())
                .map(LifecycleRules::rule).toList();
    }

    private static LifecycleRule rule(Element rule) {
        Element scope = scope(rule);
        Map<String, String> tags = new HashMap<>();
        tags(rule).forEach(
                tag -> tags.put(tag.textOf("Key").orElse(""), tag.textOf("Value").orElse("")));
        return new LifecycleRule(rule.textOf("ID").orElse(""), scope.textOf("Prefix").orElse(""),
                tags, scope.textOf("ObjectSizeGreaterThan").map(Long::valueOf),
                scope.textOf("ObjectSizeLessThan").map(Long::valueOf),
                rule.child("Expiration").flatMap(LifecycleRules::expiration),
                rule.child("NoncurrentVersionExpiration").map(LifecycleRules::noncurrent),
                rule.child("AbortIncompleteMultipartUpload")
                        .flatMap(one -> one.textOf("DaysAfterInitiation")).map(Integer::valueOf));
    }

    /** Where prefix, tags and sizes are: in the rule itself, its filter, or the filter's And. */
    private static Element scope(Element rule) {
        Element filter = rule.child("Filter").orElse(rule);
        return filter.child("And").orElse(filter);
    }

    private static List<Element> tags(Element rule) {
        return scope(rule).children("Tag");
    }

    private static Optional<Expiration> expiration(Element action) {
        Optional<Expiration> days = action.textOf("Days")
                .map(text -> new Expiration.AfterDays(Integer.parseInt(text)));
        Optional<Expiration> date = action.textOf("Date")
                .map(text -> new Expiration.AtMillis(instant(text).toEpochMilli()));
        Optional<Expiration> marker = action.isTrue("ExpiredObjectDeleteMarker")
                ? Optional.of(new Expiration.LoneMarker())
                : Optional.empty();
        return days.or(() -> date).or(() -> marker);
    }

    private static Noncurrent noncurrent(Element action) {
        return new Noncurrent(Integer.parseInt(action.textOf("NoncurrentDays").orElse("0")),
                Integer.parseInt(action.textOf("NewerNoncurrentVersions").orElse("0")));
    }

    private static S3Exception invalid(String text) {
        return new S3Exception(S3Error.INVALID_ARGUMENT, text);
    }

    private static S3Exception request(String text) {
        return new S3Exception(S3Error.INVALID_REQUEST, text);
    }
}
