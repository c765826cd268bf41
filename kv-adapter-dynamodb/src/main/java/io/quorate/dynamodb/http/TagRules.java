package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.http.CreateTableInput.Pair;
import io.quorate.dynamodb.model.TableSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What tags must be. Pure functions. */
final class TagRules {
    private static final Constraints.Bounds KEY_LENGTH = new Constraints.Bounds(1, 128);
    private static final Constraints.Bounds VALUE_LENGTH = new Constraints.Bounds(0, 256);

    private TagRules() {}

    static void check(Constraints constraints, List<Pair> tags) {
        int position = 0;
        for (Pair tag : tags) {
            String path = "tags." + ++position + ".member.";
            String key = tag.first();
            String value = tag.second();
            constraints.notNull(path + "key", key);
            constraints.length(path + "key", key, key == null ? 0 : key.length(), KEY_LENGTH);
            constraints.notNull(path + "value", value);
            constraints.length(path + "value", value, value == null ? 0 : value.length(),
                    VALUE_LENGTH);
        }
    }

    static List<TableSettings.Tag> tags(List<Pair> tags) {
        if (tags.size() > TableSettings.MAX_TAGS) {
            throw DynamoDbException.invalidParameter(
                    "Number of tags exceeds the limit of " + TableSettings.MAX_TAGS);
        }
        Set<String> keys = new HashSet<>();
        for (Pair tag : tags) {
            if (!keys.add(Objects.requireNonNull(tag.first()))) {
                throw DynamoDbException.invalidParameter("Duplicate tag key: " + tag.first());
            }
        }
        return tags.stream().map(tag -> new TableSettings.Tag(Objects.requireNonNull(tag.first()),
                Objects.requireNonNull(tag.second()))).toList();
    }
}
