package io.quorate.aws.request;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The decoded parameters of a query or of an HTML form, in the order sent. Names are case-sensitive.
 * Immutable.
 */
public final class QueryParameters implements Iterable<QueryParameters.Parameter> {
    /** More than any AWS request needs: ten messages with ten attributes of four fields each. */
    public static final int MAX_PARAMETERS = 4096;

    private static final QueryParameters NONE = new QueryParameters(List.of());

    private final List<Parameter> parameters;

    private QueryParameters(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /**
     * One parameter.
     *
     * @param name the decoded name
     * @param value the decoded value; "" for {@code name} and for {@code name=}
     */
    public record Parameter(String name, String value) {}

    /**
     * Decodes a raw query or form body.
     *
     * @throws MalformedRequestException for a broken escape or more than {@link #MAX_PARAMETERS}
     */
    public static QueryParameters parse(String raw) {
        if (raw.isEmpty()) {
            return NONE;
        }
        List<Parameter> parameters = new ArrayList<>();
        for (int from = 0; from <= raw.length();) {
            int end = raw.indexOf('&', from);
            end = end < 0 ? raw.length() : end;
            if (end > from) {
                if (parameters.size() == MAX_PARAMETERS) {
                    throw new MalformedRequestException(
                            "more than " + MAX_PARAMETERS + " parameters");
                }
                parameters.add(parameter(raw.substring(from, end)));
            }
            from = end + 1;
        }
        return new QueryParameters(List.copyOf(parameters));
    }

    private static Parameter parameter(String raw) {
        int equals = raw.indexOf('=');
        String name = equals < 0 ? raw : raw.substring(0, equals);
        String value = equals < 0 ? "" : raw.substring(equals + 1);
        return new Parameter(PercentCode.decode(name, true), PercentCode.decode(value, true));
    }

    /** The first value of the name, or null if the name was not sent. */
    public @Nullable String first(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter.value();
            }
        }
        return null;
    }

    /** All values of the name, in order. */
    public List<String> all(String name) {
        return parameters.stream().filter(p -> p.name().equals(name)).map(Parameter::value)
                .toList();
    }

    /** Whether the name was sent, with or without a value. */
    public boolean contains(String name) {
        return first(name) != null;
    }

    public boolean isEmpty() {
        return parameters.isEmpty();
    }

    public int size() {
        return parameters.size();
    }

    /** All parameters in the order sent. */
    public List<Parameter> asList() {
        return parameters;
    }

    @Override
    public Iterator<Parameter> iterator() {
        return parameters.iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QueryParameters that && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(parameters);
    }

    @Override
    public String toString() {
        return "QueryParameters[" + parameters.size() + "]";
    }
}
