package io.quorate.aws.request;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** {@link AwsHeaders} over a copied, case-insensitive map. */
final class MapHeaders implements AwsHeaders {
    private final Map<String, List<String>> values;

    MapHeaders(Map<String, List<String>> headers) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, all) -> copy.computeIfAbsent(name, n -> new ArrayList<>())
                .addAll(all));
        copy.replaceAll((name, all) -> List.copyOf(all));
        this.values = Collections.unmodifiableMap(copy);
    }

    static MapHeaders ofPairs(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("names and values must come in pairs");
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.computeIfAbsent(namesAndValues[i], n -> new ArrayList<>())
                    .add(namesAndValues[i + 1]);
        }
        return new MapHeaders(headers);
    }

    @Override
    public @Nullable String first(String name) {
        List<String> all = values.get(name);
        return all == null || all.isEmpty() ? null : all.getFirst();
    }

    @Override
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    @Override
    public Collection<String> names() {
        return values.keySet();
    }
}
