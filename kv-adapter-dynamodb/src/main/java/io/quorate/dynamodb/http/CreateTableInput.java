package io.quorate.dynamodb.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CreateTable's parameters as they came, null where they did not. */
final class CreateTableInput {
    @Nullable
    String table;
    @Nullable
    List<Pair> attributes;
    @Nullable
    List<Pair> keys;
    @Nullable
    String billing;
    @Nullable
    Units throughput;
    @Nullable
    Boolean deletionProtection;
    @Nullable
    String tableClass;
    @Nullable
    List<Pair> tags;
    @Nullable
    List<IndexInput> localIndexes;
    @Nullable
    List<IndexInput> globalIndexes;
    @Nullable
    String policy;
    @Nullable
    StreamSpecification stream;
    final List<String> unsupported = new ArrayList<>();

    /** Two texts of one structure: a name and its type, or a tag's key and value. */
    record Pair(@Nullable String first, @Nullable String second) {
        /** As DynamoDB quotes an element of a key schema. */
        String asKeySchemaElement() {
            return "KeySchemaElement(attributeName=" + first + ", keyType=" + second + ")";
        }
    }

    /** Capacity units. */
    record Units(@Nullable Long read, @Nullable Long write) {}
}
