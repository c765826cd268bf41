package io.quorate.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A syntax tree of an update expression.
 *
 * @param actions in the order written
 */
public record UpdateExpression(List<UpdateAction> actions) {
    public UpdateExpression {
        actions = List.copyOf(actions);
    }

    @Override
    public String toString() {
        List<String> sections = new ArrayList<>();
        section(sections, "SET", action -> action instanceof UpdateAction.Assign);
        section(sections, "REMOVE", action -> action instanceof UpdateAction.Remove);
        section(sections, "ADD", action -> action instanceof UpdateAction.Add);
        section(sections, "DELETE", action -> action instanceof UpdateAction.Subtract);
        return String.join(" ", sections);
    }

    private void section(List<String> sections, String word, Predicate<UpdateAction> belongs) {
        String joined = actions.stream().filter(belongs).map(UpdateAction::toString)
                .collect(Collectors.joining(", "));
        if (!joined.isEmpty()) {
            sections.add(word + " " + joined);
        }
    }
}
