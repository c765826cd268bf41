package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.policy.ConditionKeys;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The condition keys of S3, beside those of every service. Source: Service authorization reference,
 * "Condition keys for Amazon S3".
 *
 * @param exchange the request
 * @param others the keys of every service
 */
record S3Keys(AwsExchange exchange, ConditionKeys others) implements ConditionKeys {
    private static final String OWN = "s3:";
    /** Keys that are a header by the same name. */
    private static final String HEADER = "s3:x-amz-";
    private static final String REQUEST_TAG = "s3:requestobjecttag/";
    private static final Set<String> PARAMETERS = Set.of("prefix", "delimiter", "max-keys");

    @Override
    public List<String> of(String key) {
        if (!key.startsWith(OWN)) {
            return others.of(key);
        }
        if (key.startsWith(HEADER)) {
            return header(key.substring(OWN.length()));
        }
        if (key.startsWith(REQUEST_TAG)) {
            return tags(key.substring(REQUEST_TAG.length()));
        }
        return switch (key) {
            case "s3:versionid" -> parameter("versionId");
            case "s3:requestobjecttagkeys" -> tagKeys();
            case "s3:signatureversion" ->
                exchange.identity().isAnonymous() ? List.of() : List.of("AWS4-HMAC-SHA256");
            case "s3:authtype" -> authType();
            case "s3:if-match" -> header("if-match");
            case "s3:if-none-match" -> header("if-none-match");
            default -> {
                String name = key.substring(OWN.length());
                yield PARAMETERS.contains(name) ? parameter(name) : List.of();
            }
        };
    }

    private List<String> authType() {
        if (exchange.identity().isAnonymous()) {
            return List.of();
        }
        return List.of(exchange.head().header("authorization") != null
                ? "REST-HEADER"
                : exchange.head().rawQuery().contains("X-Amz-Signature=")
                        ? "REST-QUERY-STRING"
                        : "POST");
    }

    private List<String> parameter(String name) {
        String value = exchange.query().first(name);
        return value == null ? List.of() : List.of(value);
    }

    private List<String> header(String name) {
        String value = exchange.head().header(name);
        return value == null ? List.of() : List.of(value);
    }

    /** The header x-amz-tagging, whose names are compared without case as all keys are. */
    private List<String> tags(String lowerName) {
        List<String> values = new ArrayList<>();
        for (String[] tag : tagging()) {
            if (tag[0].equalsIgnoreCase(lowerName)) {
                values.add(tag[1]);
            }
        }
        return values;
    }

    private List<String> tagKeys() {
        return tagging().stream().map(tag -> tag[0]).toList();
    }

    private List<String[]> tagging() {
        List<String[]> tags = new ArrayList<>();
        String header = exchange.head().header("x-amz-tagging");
        for (String tag : header == null ? new String[0] : header.split("&", -1)) {
            int equals = tag.indexOf('=');
            tags.add(new String[]{decoded(equals < 0 ? tag : tag.substring(0, equals)),
                equals < 0 ? "" : decoded(tag.substring(equals + 1))});
        }
        return tags;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
