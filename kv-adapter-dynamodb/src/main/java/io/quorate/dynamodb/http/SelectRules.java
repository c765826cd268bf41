package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.operation.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * How Select fits the parameters beside it.
 *
 * @param query whether it is a Query's
 * @param index whether an index is named
 * @param legacy whether AttributesToGet is there
 * @param projected whether AttributesToGet or ProjectionExpression is there
 */
record SelectRules(boolean query, boolean index, boolean legacy, boolean projected) {
    PageRequest.Select check(@Nullable String given) {
        if (given == null) {
            return projected
                    ? PageRequest.Select.SPECIFIC_ATTRIBUTES
                    : PageRequest.Select.UNSAID;
        }
        PageRequest.Select select = PageRequest.Select.valueOf(given);
        if (select == PageRequest.Select.ALL_PROJECTED_ATTRIBUTES && !index) {
            throw DynamoDbException.invalidParameter("ALL_PROJECTED_ATTRIBUTES can be used only"
                    + " when " + (query ? "Querying" : "Scanning") + " using an IndexName");
        }
        if (select == PageRequest.Select.SPECIFIC_ATTRIBUTES && !projected) {
            throw DynamoDbException.validation("Must specify the AttributesToGet or"
                    + " ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        }
        if (select != PageRequest.Select.SPECIFIC_ATTRIBUTES && projected) {
            throw DynamoDbException.validation("Cannot specify the "
                    + (legacy ? "AttributesToGet" : "ProjectionExpression")
                    + " when choosing to get "
                    + (select == PageRequest.Select.COUNT ? "only the Count" : given));
        }
        return select;
    }
}
