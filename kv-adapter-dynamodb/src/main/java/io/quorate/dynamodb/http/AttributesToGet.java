package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.Projection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** The legacy parameter AttributesToGet: names of whole attributes. One use each. */
final class AttributesToGet {
    private static final Constraints.Bounds ANY = new Constraints.Bounds(1, Integer.MAX_VALUE);
    private static final Constraints.Bounds NAME = new Constraints.Bounds(0, 65_535);

    private @Nullable List<String> names;

    void read(JsonInput in) {
        if (!in.beginArray()) {
            return;
        }
        names = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            if (in.moveToText()) {
                names.add(new String(in.chars(), in.charsOffset(), in.charsLength()));
            }
        }
    }

    boolean isPresent() {
        return names != null;
    }

    /** The names, none if the parameter is not there. */
    List<String> names() {
        return names == null ? List.of() : List.copyOf(names);
    }

    /** The parameter's name, if it is there. */
    List<String> present() {
        return isPresent() ? List.of("AttributesToGet") : List.of();
    }

    void checkConstraints(Constraints constraints, String path) {
        if (names != null) {
            constraints.length(path, names, names.size(), ANY);
            for (String name : names) {
                constraints.length(path, name, name.length(), NAME);
            }
        }
    }

    Projection projection() {
        List<String> wanted = names == null ? List.of() : names;
        if (new HashSet<>(wanted).size() < wanted.size()) {
            String twice = wanted.stream()
                    .filter(name -> wanted.indexOf(name) != wanted.lastIndexOf(name)).findFirst()
                    .orElse("");
            throw DynamoDbException.invalidParameter("Duplicate value in attribute name: " + twice);
        }
        return Projection.ofAttributes(wanted);
    }
}
