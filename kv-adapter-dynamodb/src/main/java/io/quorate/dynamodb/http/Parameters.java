package io.quorate.dynamodb.http;

import io.quorate.dynamodb.operation.ReturnConsumedCapacity;
import org.jspecify.annotations.Nullable;

/** Parameters of several actions. Pure functions. */
final class Parameters {
    private Parameters() {}

    /** ReturnConsumedCapacity, which constraints have checked. */
    static ReturnConsumedCapacity capacity(@Nullable String given) {
        return given == null ? ReturnConsumedCapacity.NONE : ReturnConsumedCapacity.valueOf(given);
    }
}
