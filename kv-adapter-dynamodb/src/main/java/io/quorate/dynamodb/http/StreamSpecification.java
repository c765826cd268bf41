package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.StreamView;
import org.jspecify.annotations.Nullable;

/**
 * The parameter StreamSpecification as it came.
 *
 * @param enabled StreamEnabled
 * @param view StreamViewType
 */
record StreamSpecification(@Nullable Boolean enabled, @Nullable String view) {
    static @Nullable StreamSpecification read(JsonInput in) {
        if (!in.beginObject("class com.amazonaws.dynamodb.v20120810.StreamSpecification")) {
            return null;
        }
        Boolean enabled = null;
        String view = null;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            switch (name) {
                case "StreamEnabled" -> enabled = in.bool();
                case "StreamViewType" -> view = in.string();
                default -> {
                    if (in.skip()) {
                        throw DynamoDbException.unsupported("StreamSpecification." + name);
                    }
                }
            }
        }
        return new StreamSpecification(enabled, view);
    }

    void checkConstraints(Constraints constraints) {
        constraints.notNull("streamSpecification.streamEnabled", enabled);
        constraints.oneOf("streamSpecification.streamViewType", view, StreamView.class);
    }

    /** What records shall carry; null if the stream is to be off. */
    @Nullable
    StreamView toView() {
        if (!Boolean.TRUE.equals(enabled)) {
            if (view != null) {
                throw DynamoDbException.invalidParameter(
                        "StreamViewType must not be specified when StreamEnabled is false");
            }
            return null;
        }
        if (view == null) {
            throw DynamoDbException.invalidParameter(
                    "StreamViewType must be specified when StreamEnabled is true");
        }
        return StreamView.valueOf(view);
    }
}
