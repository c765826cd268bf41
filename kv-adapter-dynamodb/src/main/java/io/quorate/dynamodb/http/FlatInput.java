package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a request that are all texts, numbers or booleans. One use each. */
final class FlatInput {
    private final Map<String, Object> members = new HashMap<>();
    private @Nullable String unsupported;

    private FlatInput() {}

    /** What a member can be. */
    enum Type {
        TEXT, NUMBER, FLAG
    }

    /** Reads a member that is not plain; says whether it is one of those it knows. */
    interface Structure {
        boolean read(String name, JsonInput in);
    }

    static FlatInput read(RequestBody body, Map<String, Type> types) {
        return read(body, types, (name, in) -> false);
    }

    /** The same with members of other types. */
    static FlatInput read(RequestBody body, Map<String, Type> types, Structure structures) {
        FlatInput input = new FlatInput();
        try (JsonInput in = JsonInput.of(body.bytes())) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                if (types.containsKey(name) || !structures.read(name, in)) {
                    input.member(name, types.get(name), in);
                }
            }
            in.end();
        }
        return input;
    }

    private void member(String name, @Nullable Type type, JsonInput in) {
        if (type == null) {
            if (in.skip() && unsupported == null) {
                unsupported = name;
            }
            return;
        }
        Object value = switch (type) {
            case TEXT -> in.string();
            case NUMBER -> in.wholeNumber();
            case FLAG -> in.bool();
        };
        if (value != null) {
            members.put(name, value);
        }
    }

    /** Refuses the request if it has a member that was not to be. */
    void checkSupported() {
        if (unsupported != null) {
            throw DynamoDbException.unsupported(unsupported);
        }
    }

    @Nullable
    String text(String name) {
        return (String) members.get(name);
    }

    @Nullable
    Long number(String name) {
        return (Long) members.get(name);
    }
}
