package io.quorate.sqs.http;

import io.quorate.aws.json.AwsJson;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.RedriveAllow;
import io.quorate.sqs.model.RedrivePolicy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the attributes that are JSON documents. Source: SetQueueAttributes, "RedrivePolicy" and
 * "RedriveAllowPolicy". Pure functions.
 */
final class Policies {
    private Policies() {}

    /** The policy of dead letters; empty for an empty text. */
    static Optional<RedrivePolicy> redrive(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Set<String>> fields = fields(text, "RedrivePolicy");
        if (!fields.keySet().equals(Set.of("deadLetterTargetArn", "maxReceiveCount"))) {
            throw invalid(text, "RedrivePolicy",
                    "Redrive policy must contain exactly deadLetterTargetArn and maxReceiveCount.");
        }
        String arn = only(fields, "deadLetterTargetArn");
        QueueName target = QueueName.ofArn(arn).orElseThrow(
                () -> invalid(text, "RedrivePolicy", "Invalid value for deadLetterTargetArn."));
        String count = only(fields, "maxReceiveCount");
        int max = count.matches("\\d{1,4}") ? Integer.parseInt(count) : 0;
        if (max < 1 || max > RedrivePolicy.MAX_COUNT) {
            throw invalid(text, "RedrivePolicy",
                    "Invalid value for maxReceiveCount: " + count + ", valid values are from 1 to "
                            + RedrivePolicy.MAX_COUNT + " both inclusive.");
        }
        return Optional.of(new RedrivePolicy(target, arn, max));
    }

    /** Who may use the queue for dead letters; everybody for an empty text. */
    static RedriveAllow allow(String text) {
        if (text.isEmpty()) {
            return RedriveAllow.EVERYBODY;
        }
        Map<String, Set<String>> fields = fields(text, "RedriveAllowPolicy");
        Set<String> sources = fields.getOrDefault("sourceQueueArns", Set.of());
        RedriveAllow.Mode mode = switch (only(fields, "redrivePermission")) {
            case "allowAll" -> RedriveAllow.Mode.ALLOW_ALL;
            case "denyAll" -> RedriveAllow.Mode.DENY_ALL;
            case "byQueue" -> RedriveAllow.Mode.BY_QUEUE;
            default -> throw invalid(text, "RedriveAllowPolicy",
                    "Invalid value for redrivePermission.");
        };
        boolean byQueue = mode == RedriveAllow.Mode.BY_QUEUE;
        if (byQueue == sources.isEmpty() || sources.size() > RedriveAllow.MAX_SOURCES
                || sources.stream().anyMatch(arn -> QueueName.ofArn(arn).isEmpty())) {
            throw invalid(text, "RedriveAllowPolicy", "sourceQueueArns must hold 1 to "
                    + RedriveAllow.MAX_SOURCES + " ARNs with byQueue, and be absent otherwise.");
        }
        return new RedriveAllow(mode, sources);
    }

    /** Refuses a Policy that is no JSON object. */
    static void checkDocument(String policy) {
        if (policy.isEmpty()) {
            return;
        }
        try (JsonParser json = parser(policy)) {
            boolean object = json.nextToken() == JsonToken.START_OBJECT;
            json.skipChildren();
            if (!object || json.nextToken() != null) {
                throw QueueRules.invalid("Policy", "");
            }
        } catch (JacksonException malformed) {
            throw QueueRules.invalid("Policy", "");
        }
    }

    static JsonParser parser(String text) {
        return AwsJson.parser(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The members of a flat object, each with its one value or its list of them. */
    private static Map<String, Set<String>> fields(String text, String attribute) {
        Map<String, Set<String>> fields = new HashMap<>();
        try (JsonParser json = parser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw invalid(text, attribute, "It must be a JSON object.");
            }
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                fields.put(name, values(json, text, attribute));
            }
        } catch (JacksonException malformed) {
            throw invalid(text, attribute, "It must be valid JSON.");
        }
        return fields;
    }

    private static Set<String> values(JsonParser json, String text, String attribute) {
        Set<String> values = new HashSet<>();
        if (json.nextToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                values.add(scalar(json, text, attribute));
            }
        } else {
            values.add(scalar(json, text, attribute));
        }
        return values;
    }

    private static String scalar(JsonParser json, String text, String attribute) {
        if (!json.currentToken().isScalarValue()) {
            throw invalid(text, attribute, "Nested values are not allowed.");
        }
        return json.getString();
    }

    private static String only(Map<String, Set<String>> fields, String name) {
        return fields.getOrDefault(name, Set.of()).stream().findFirst().orElse("");
    }

    private static SqsException invalid(String text, String attribute, String reason) {
        return SqsException.invalidValue(text.length() <= 512 ? text : "given", attribute, reason);
    }
}
