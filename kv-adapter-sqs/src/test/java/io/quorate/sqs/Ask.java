package io.quorate.sqs;

import io.quorate.sqs.SqsEndpoint.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request that is written in either protocol: texts, lists of texts, pairs and entries by name. */
final class Ask {
    /** What lists are called in forms. */
    private static final Map<String, String> LISTS = Map.of("AttributeNames", "AttributeName",
            "TagKeys", "TagKey", "AWSAccountIds", "AWSAccountId", "Actions", "ActionName");

    private final String action;
    private final Map<String, Object> members = new LinkedHashMap<>();

    private Ask(String action) {
        this.action = action;
    }

    static Ask of(String action) {
        return new Ask(action);
    }

    /** A request about a queue by its URL. */
    static Ask of(String action, String queueUrl) {
        return new Ask(action).with("QueueUrl", queueUrl);
    }

    Ask with(String name, String value) {
        members.put(name, value);
        return this;
    }

    Ask list(String name, String... values) {
        members.put(name, List.of(values));
        return this;
    }

    /** Attributes or tags: one pair. */
    Ask pair(String name, String key, String value) {
        members.put(name, Map.of(key, value));
        return this;
    }

    /** The entries of a batch: the members of each. */
    Ask entries(List<Map<String, String>> entries) {
        members.put("Entries", entries);
        return this;
    }

    String action() {
        return action;
    }

    /** Whether a text of it, or of an entry, is this one. */
    boolean mentions(String text) {
        return members.toString().contains(text);
    }

    /** The same with another text in its place. */
    Ask replace(String text, String by) {
        Ask replaced = new Ask(action);
        members.forEach((name, value) -> replaced.members.put(name, replaced(value, text, by)));
        return replaced;
    }

    private static Object replaced(Object value, String text, String by) {
        return switch (value) {
            case String given -> given.replace(text, by);
            case List<?> list -> list.stream().map(one -> replaced(one, text, by)).toList();
            case Map<?, ?> map -> map.entrySet().stream().collect(Collectors
                    .toMap(pair -> pair.getKey(), pair -> replaced(pair.getValue(), text, by)));
            default -> throw new IllegalStateException("no member: " + value);
        };
    }

    Answer json(SqsEndpoint sqs) {
        return sqs.json(action, object(members));
    }

    private static String object(Map<String, ?> members) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + value(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case List<?> list -> list.stream().map(Ask::value)
                    .collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> map -> object(map.entrySet().stream().collect(Collectors
                    .toMap(pair -> (String) pair.getKey(), pair -> (Object) pair.getValue())));
            default -> throw new IllegalStateException("no member: " + value);
        };
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u0001", "\\u0001")
                + "\"";
    }

    Answer form(SqsEndpoint sqs) {
        List<String> flat = new ArrayList<>(List.of("Action", action));
        members.forEach((name, value) -> flatten(name, value)
                .forEach((key, text) -> flat.addAll(List.of(key, text))));
        return sqs.form("/", flat.toArray(String[]::new));
    }

    private Map<String, String> flatten(String name, Object value) {
        Map<String, String> flat = new LinkedHashMap<>();
        switch (value) {
            case String text -> flat.put(name, text);
            case Map<?, ?> pairs -> {
                String singular = name.equals("Attributes") ? "Attribute" : "Tag";
                pairs.forEach((key, text) -> {
                    flat.put(singular + ".1." + (singular.equals("Tag") ? "Key" : "Name"),
                            (String) key);
                    flat.put(singular + ".1.Value", (String) text);
                });
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    int index = i + 1;
                    if (list.get(i) instanceof Map<?, ?> entry) {
                        entry.forEach((field, text) -> flat.put(
                                action + "RequestEntry." + index + "." + field, (String) text));
                    } else {
                        flat.put(LISTS.get(name) + "." + index, (String) list.get(i));
                    }
                }
            }
            default -> throw new IllegalStateException("no member: " + value);
        }
        return flat;
    }

    @Override
    public String toString() {
        return action + Stream.of(members).map(Object::toString).collect(Collectors.joining());
    }
}
