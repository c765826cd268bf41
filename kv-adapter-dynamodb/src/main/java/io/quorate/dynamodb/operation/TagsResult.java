package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.TableSettings;
import java.util.List;

/** What a request about tags answers. */
public sealed interface TagsResult extends DynamoDbResult {
    /** Nothing: they were changed. */
    record Changed() implements TagsResult {}

    /** The tags. */
    record Tags(List<TableSettings.Tag> tags) implements TagsResult {
        public Tags {
            tags = List.copyOf(tags);
        }
    }
}
