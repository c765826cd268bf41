package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.TableSettings;
import java.util.List;

/** A request about the tags of a table. */
public sealed interface TagsRequest extends TableRequest {
    /** Adds tags, or changes their values. */
    record Add(String table, List<TableSettings.Tag> tags) implements TagsRequest {
        public Add {
            tags = List.copyOf(tags);
        }
    }

    /** Removes tags by their keys. */
    record Remove(String table, List<String> keys) implements TagsRequest {
        public Remove {
            keys = List.copyOf(keys);
        }
    }

    /** Lists tags. */
    record Show(String table) implements TagsRequest {}
}
