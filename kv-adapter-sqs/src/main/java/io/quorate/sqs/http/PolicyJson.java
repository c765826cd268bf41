package io.quorate.sqs.http;

import io.quorate.aws.json.AwsJson;
import io.quorate.sqs.operation.PolicyDocuments;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Changes policy documents, copying all of them that is not changed. Thread-safe. */
public final class PolicyJson implements PolicyDocuments {
    private static final String NONE = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";

    @Override
    public String with(String policy, Permission permission) {
        var copy = new Copy(policy.isEmpty() ? NONE : policy);
        copy.added = permission;
        return copy.run();
    }

    @Override
    public Optional<String> without(String policy, String label) {
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        var copy = new Copy(policy);
        copy.removed = label;
        String rest = copy.run();
        return copy.found ? Optional.of(copy.left == 0 ? "" : rest) : Optional.empty();
    }

    /** One walk through a document. */
    private static final class Copy {
        private final String policy;
        private @Nullable Permission added;
        private @Nullable String removed;
        private boolean found;
        private int left;

        Copy(String policy) {
            this.policy = policy;
        }

        String run() {
            var out = new ByteArrayOutputStream();
            try (JsonParser in = Policies.parser(policy);
                    JsonGenerator json = AwsJson.generator(out)) {
                in.nextToken();
                json.writeStartObject();
                boolean statements = false;
                for (String name = in.nextName(); name != null; name = in.nextName()) {
                    in.nextToken();
                    json.writeName(name);
                    if (name.equals("Statement")) {
                        statements = true;
                        statements(in, json);
                    } else {
                        json.copyCurrentStructure(in);
                    }
                }
                if (!statements && added != null) {
                    json.writeArrayPropertyStart("Statement");
                    write(json, added);
                    json.writeEndArray();
                }
                json.writeEndObject();
            }
            return out.toString(StandardCharsets.UTF_8);
        }

        /** A list of statements, or one alone. */
        private void statements(JsonParser in, JsonGenerator json) {
            json.writeStartArray();
            if (in.currentToken() == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    statement(in, json);
                }
            } else {
                statement(in, json);
            }
            if (added != null) {
                write(json, added);
            }
            json.writeEndArray();
        }

        private void statement(JsonParser in, JsonGenerator json) {
            var one = new ByteArrayOutputStream();
            try (JsonGenerator copy = AwsJson.generator(one)) {
                copy.copyCurrentStructure(in);
            }
            String text = one.toString(StandardCharsets.UTF_8);
            if (removed != null && removed.equals(sid(text))) {
                found = true;
                return;
            }
            left++;
            json.writeRawValue(text);
        }

        private static String sid(String statement) {
            try (JsonParser in = Policies.parser(statement)) {
                if (in.nextToken() != JsonToken.START_OBJECT) {
                    return "";
                }
                for (String name = in.nextName(); name != null; name = in.nextName()) {
                    in.nextToken();
                    if (name.equals("Sid") && in.currentToken() == JsonToken.VALUE_STRING) {
                        return in.getString();
                    }
                    in.skipChildren();
                }
                return "";
            }
        }

        private static void write(JsonGenerator json, Permission permission) {
            json.writeStartObject();
            json.writeStringProperty("Sid", permission.label());
            json.writeStringProperty("Effect", "Allow");
            json.writeObjectPropertyStart("Principal");
            json.writeArrayPropertyStart("AWS");
            permission.accounts()
                    .forEach(account -> json.writeString("arn:aws:iam::" + account + ":root"));
            json.writeEndArray();
            json.writeEndObject();
            json.writeArrayPropertyStart("Action");
            permission.actions().forEach(action -> json.writeString("SQS:" + action));
            json.writeEndArray();
            json.writeStringProperty("Resource", permission.arn());
            json.writeEndObject();
        }
    }
}
