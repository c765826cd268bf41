package io.quorate.gateway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the settings, read key by key. Each key is taken once; {@link #end} refuses what
 * nobody asked for, so a misspelt key is never ignored. Not for several threads.
 */
final class Section {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

    private final UnaryOperator<String> label;
    private final Map<String, Object> left;

    /**
     * @param label how a key of this mapping is called in a refusal
     * @param values what was written
     */
    Section(UnaryOperator<String> label, Map<String, Object> values) {
        this.label = label;
        this.left = new LinkedHashMap<>(values);
    }

    Optional<String> text(String key) {
        Object value = left.remove(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map || value instanceof List || value.toString().isBlank()) {
            throw refused(key, "must be a text");
        }
        return Optional.of(value.toString());
    }

    String text(String key, String fallback, Pattern allowed, String meaning) {
        return text(key, allowed, meaning).orElse(fallback);
    }

    Optional<String> text(String key, Pattern allowed, String meaning) {
        Optional<String> value = text(key);
        if (value.isPresent() && !allowed.matcher(value.get()).matches()) {
            throw refused(key, "must be " + meaning + ", not '" + value.get() + "'");
        }
        return value;
    }

    int number(String key, int fallback, int min, int max) {
        Optional<String> value = text(key);
        return value.isEmpty() ? fallback : number(key, value.get(), min, max);
    }

    private int number(String key, String value, int min, int max) {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, in the same words as a number out of bounds.
        }
        throw refused(key,
                "must be a whole number from " + min + " to " + max + ", not '" + value + "'");
    }

    boolean flag(String key, boolean fallback) {
        Optional<String> value = text(key, Pattern.compile("true|false"), "true or false");
        return value.map(Boolean::parseBoolean).orElse(fallback);
    }

    Duration duration(String key, Duration fallback, Duration min, Duration max) {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return fallback;
        }
        Matcher matcher = DURATION.matcher(value.get());
        Duration duration = matcher.matches() ? duration(matcher) : Duration.ZERO;
        if (!matcher.matches() || duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
            throw refused(key, "must be a duration such as 500ms, 30s or 2m, from " + show(min)
                    + " to " + show(max) + ", not '" + value.get() + "'");
        }
        return duration;
    }

    private static Duration duration(Matcher matcher) {
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    private static String show(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    /** The texts of a list, or empty if the key is absent. */
    List<String> texts(String key, int maxCount) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(key, maxCount)) {
            if (element == null || element instanceof Map || element instanceof List
                    || element.toString().isBlank()) {
                throw refused(key, "must be a list of texts");
            }
            texts.add(element.toString());
        }
        return texts;
    }

    /** The numbers of a list, or empty if the key is absent. */
    List<Integer> numbers(String key, int maxCount, int min, int max) {
        return texts(key, maxCount).stream().map(text -> number(key, text, min, max)).toList();
    }

    /** The mappings of a list, or empty if the key is absent. */
    List<Section> sections(String key, int maxCount) {
        List<Section> sections = new ArrayList<>();
        int number = 0;
        for (Object element : list(key, maxCount)) {
            number++;
            String where = " of number " + number + " in " + label.apply(key);
            sections.add(new Section(inner -> inner + where, mapping(key, element)));
        }
        return sections;
    }

    /** The mapping below the key; empty if it is absent. */
    Section section(String key) {
        Object value = left.remove(key);
        UnaryOperator<String> inner = name -> label.apply(key + "." + name);
        return new Section(inner, value == null ? Map.of() : mapping(key, value));
    }

    private List<?> list(String key, int maxCount) {
        Object value = left.remove(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw refused(key, "must be a list");
        }
        if (list.size() > maxCount) {
            throw refused(key, "may have at most " + maxCount + " entries");
        }
        return list;
    }

    private Map<String, Object> mapping(String key, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw refused(key, "must be a mapping");
        }
        Map<String, Object> typed = new LinkedHashMap<>();
        map.forEach((name, inner) -> {
            if (inner != null) {
                typed.put(String.valueOf(name), inner);
            }
        });
        return typed;
    }

    /** Refuses keys that were written but not asked for. */
    void end() {
        if (!left.isEmpty()) {
            throw new ConfigException(
                    "Unknown setting " + label.apply(left.keySet().iterator().next()) + ".");
        }
    }

    /** A refusal of the key's value: {@code what} ends a sentence that begins with the key. */
    ConfigException refused(String key, String what) {
        return new ConfigException(label.apply(key) + " " + what + ".");
    }
}
