package io.quorate.aws.policy;

import java.util.List;

/** What a request says under the names that conditions ask for. */
@FunctionalInterface
public interface ConditionKeys {
    /** A request that says nothing. */
    ConditionKeys NONE = key -> List.of();

    /**
     * The values of a key, several only for keys that have several by nature.
     *
     * @param key in lower case, such as {@code aws:sourceip}
     * @return empty if the request has no such key
     */
    List<String> of(String key);
}
