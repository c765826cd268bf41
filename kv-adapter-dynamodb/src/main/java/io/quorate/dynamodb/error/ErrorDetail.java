package io.quorate.dynamodb.error;

import io.quorate.dynamodb.model.Item;
import java.util.List;
import java.util.Optional;

/** What some errors say besides type and message. */
public sealed interface ErrorDetail {
    /** Nothing more. */
    record None() implements ErrorDetail {}

    /** The item that did not meet a condition. */
    record Found(Item item) implements ErrorDetail {}

    /** Why a transaction was cancelled, for each of its actions. */
    record Reasons(List<Reason> reasons) implements ErrorDetail {
        public Reasons {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * The reason of one action.
     *
     * @param code "None" if the action could have been done
     * @param message one sentence, "" for none
     * @param item the item, if it was asked for
     */
    record Reason(String code, String message, Optional<Item> item) {
        /** The action could have been done. */
        public static final Reason NONE = new Reason("None", "", Optional.empty());
    }
}
