package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.TableSettings;
import io.quorate.dynamodb.operation.DynamoDbRequest;
import io.quorate.dynamodb.operation.TagsRequest;
import io.quorate.dynamodb.operation.TimeToLiveRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Decodes TagResource, UntagResource and UpdateTimeToLive. One use each. */
final class TagsDecoder {
    private static final String SPECIFICATION = "class com.amazonaws.dynamodb.v20120810"
            + ".TimeToLiveSpecification";
    private static final Constraints.Bounds ATTRIBUTE = new Constraints.Bounds(1, 255);

    private @Nullable String resource;
    private @Nullable List<CreateTableInput.Pair> tags;
    private @Nullable List<String> keys;
    private @Nullable Boolean enabled;
    private @Nullable String attribute;
    private boolean specified;
    private @Nullable String unsupported;

    static DynamoDbRequest tag(RequestBody body) {
        TagsDecoder decoder = new TagsDecoder();
        decoder.read(body, "ResourceArn", "Tags");
        return decoder.tagRequest(body);
    }

    static DynamoDbRequest untag(RequestBody body) {
        TagsDecoder decoder = new TagsDecoder();
        decoder.read(body, "ResourceArn", "TagKeys");
        return decoder.untagRequest(body);
    }

    static DynamoDbRequest timeToLive(RequestBody body) {
        TagsDecoder decoder = new TagsDecoder();
        decoder.read(body, "TableName", "TimeToLiveSpecification");
        return decoder.timeToLiveRequest(body);
    }

    private void read(RequestBody body, String resourceMember, String contentMember) {
        try (JsonInput in = JsonInput.of(body.bytes())) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                if (name.equals(resourceMember)) {
                    resource = in.string();
                } else if (name.equals(contentMember)) {
                    content(name, in);
                } else if (in.skip() && unsupported == null) {
                    unsupported = name;
                }
            }
            in.end();
        }
    }

    private void content(String member, JsonInput in) {
        switch (member) {
            case "Tags" -> tags = CreateTableDecoder.tags(in);
            case "TagKeys" -> keys = texts(in);
            default -> specification(in);
        }
    }

    private static @Nullable List<String> texts(JsonInput in) {
        if (!in.beginArray()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            if (in.moveToText()) {
                texts.add(new String(in.chars(), in.charsOffset(), in.charsLength()));
            }
        }
        return texts;
    }

    private void specification(JsonInput in) {
        if (!in.beginObject(SPECIFICATION)) {
            return;
        }
        specified = true;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "Enabled" -> enabled = in.bool();
                case "AttributeName" -> attribute = in.string();
                default -> {
                    if (in.skip()) {
                        unsupported = "TimeToLiveSpecification." + name;
                    }
                }
            }
        }
    }

    private DynamoDbRequest tagRequest(RequestBody body) {
        Constraints constraints = new Constraints();
        ResourceArn.check(constraints, resource);
        constraints.notNull("tags", tags);
        TagRules.check(constraints, tags == null ? List.of() : tags);
        String table = resolved(constraints, body);
        List<TableSettings.Tag> given = TagRules.tags(tags == null ? List.of() : tags);
        if (given.isEmpty()) {
            throw DynamoDbException.validation("Atleast one Tag needs to be provided as Input.");
        }
        return new TagsRequest.Add(table, given);
    }

    private DynamoDbRequest untagRequest(RequestBody body) {
        Constraints constraints = new Constraints();
        ResourceArn.check(constraints, resource);
        constraints.notNull("tagKeys", keys);
        String table = resolved(constraints, body);
        List<String> given = keys == null ? List.of() : keys;
        if (given.isEmpty()) {
            throw DynamoDbException
                    .validation("Atleast one Tag Key needs to be provided as Input.");
        }
        return new TagsRequest.Remove(table, given);
    }

    private String resolved(Constraints constraints, RequestBody body) {
        constraints.enforce();
        checkSupported();
        return ResourceArn.resolve(resource, body.account());
    }

    private void checkSupported() {
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
    }

    private DynamoDbRequest timeToLiveRequest(RequestBody body) {
        TableNameParameter.enforceNotEmpty(resource);
        Constraints constraints = new Constraints();
        TableNameParameter.check(constraints, resource);
        if (specified) {
            constraints.notNull("timeToLiveSpecification.enabled", enabled);
            constraints.notNull("timeToLiveSpecification.attributeName", attribute);
            constraints.length("timeToLiveSpecification.attributeName", attribute,
                    attribute == null ? 0 : attribute.length(), ATTRIBUTE);
        } else {
            constraints.notNull("timeToLiveSpecification", null);
        }
        constraints.enforce();
        checkSupported();
        return new TimeToLiveRequest.Change(
                TableNameParameter.resolve(Objects.requireNonNull(resource), body.account()),
                Boolean.TRUE.equals(enabled), Objects.requireNonNull(attribute));
    }
}
