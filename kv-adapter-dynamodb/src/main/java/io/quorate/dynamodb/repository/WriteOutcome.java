package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.Item;
import java.util.List;
import java.util.Optional;

/** What became of one write. */
public sealed interface WriteOutcome {
    /**
     * Done, or possible: in a transaction of which another write failed it did not happen.
     *
     * @param largerBytes the size of the larger of the items before and after
     * @param attributes what ReturnValues asked for
     * @param indexUnits write units of each index, in the order of the target's indexes; empty if
     *        nobody asked
     */
    record Applied(int largerBytes, Optional<Item> attributes, List<Integer> indexUnits)
            implements
                WriteOutcome {
        public Applied {
            indexUnits = List.copyOf(indexUnits);
        }
    }

    /**
     * The condition does not hold.
     *
     * @param item the item, if it was asked for and is there
     */
    record CheckFailed(Optional<Item> item) implements WriteOutcome {}

    /**
     * The item as it is does not allow it.
     *
     * @param text what DynamoDB says
     */
    record Refused(String text) implements WriteOutcome {}
}
