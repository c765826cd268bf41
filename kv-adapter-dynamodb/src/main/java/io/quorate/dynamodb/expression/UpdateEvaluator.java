package io.quorate.dynamodb.expression;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.AttributeType;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Bytes;
import io.quorate.dynamodb.model.DecimalException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies an update expression that {@link UpdateCheck} has let pass. Every operand is read from the
 * item as it was before; values are set in the order of their list positions, then removed from the
 * last position to the first, so that positions mean those of the item as it was. One use each.
 */
public final class UpdateEvaluator {
    private static final String WRONG_TYPE = "An operand in the update expression has an incorrect"
            + " data type";
    private static final String MISSING = "The provided expression refers to an attribute that does"
            + " not exist in the item";

    private final ItemView before;
    private final Bindings bindings;
    private final Map<String, AttributeValue> after;

    private UpdateEvaluator(Map<String, AttributeValue> item, Bindings bindings) {
        this.before = ItemView.of(item);
        this.bindings = bindings;
        this.after = new LinkedHashMap<>(item);
    }

    /** The item after the update; refuses with a ValidationException what the item does not allow. */
    public static Map<String, AttributeValue> apply(UpdateExpression update,
            Map<String, AttributeValue> item, Bindings bindings) {
        UpdateEvaluator evaluator = new UpdateEvaluator(item, bindings);
        evaluator.run(update);
        return evaluator.after;
    }

    private void run(UpdateExpression update) {
        List<Change> changes = new ArrayList<>();
        for (UpdateAction action : update.actions()) {
            DocumentPath path = bindings.resolve(action.path());
            switch (action) {
                case UpdateAction.Assign assign ->
                    changes.add(new Change(path, required(value(assign.value()))));
                case UpdateAction.Remove remove -> changes.add(new Change(path, null));
                case UpdateAction.Add add -> changes.add(new Change(path,
                        sum(before.at(path, Bindings.NONE), bindings.value(add.placeholder()))));
                case UpdateAction.Subtract subtract -> {
                    AttributeValue old = before.at(path, Bindings.NONE);
                    if (old != null) {
                        changes.add(new Change(path,
                                difference(old, bindings.value(subtract.placeholder()))));
                    }
                }
            }
        }
        changes.stream().filter(change -> change.value() != null)
                .sorted(Comparator.comparingInt(Change::position))
                .forEach(change -> TreeEdit.apply(after, change.path(), change.value()));
        changes.stream().filter(change -> change.value() == null)
                .sorted(Comparator.comparingInt(Change::position).reversed())
                .forEach(change -> TreeEdit.apply(after, change.path(), null));
    }

    private @Nullable AttributeValue value(SetValue value) {
        return switch (value) {
            case SetValue.At at -> before.at(at.path(), bindings);
            case SetValue.Given given -> bindings.value(given.placeholder());
            case SetValue.Plus plus -> calculate(plus.left(), plus.right(), true);
            case SetValue.Minus minus -> calculate(minus.left(), minus.right(), false);
            case SetValue.IfNotExists choice -> {
                AttributeValue present = before.at(choice.path(), bindings);
                yield present != null ? present : value(choice.otherwise());
            }
            case SetValue.ListAppend append -> append(required(value(append.left())),
                    required(value(append.right())));
        };
    }

    private AttributeValue calculate(SetValue left, SetValue right, boolean plus) {
        return calculate(required(value(left)), required(value(right)), plus);
    }

    private static AttributeValue calculate(AttributeValue left, AttributeValue right,
            boolean plus) {
        if (left.type() != AttributeType.N || right.type() != AttributeType.N
                || !(left instanceof AttributeValue.Scalar one)
                || !(right instanceof AttributeValue.Scalar two)) {
            throw DynamoDbException.validation(WRONG_TYPE);
        }
        try {
            return AttributeValue.number(plus
                    ? one.number().plus(two.number())
                    : one.number().minus(two.number()));
        } catch (DecimalException outOfRange) {
            throw DynamoDbException.number(outOfRange.problem(), "");
        }
    }

    private static AttributeValue append(AttributeValue left, AttributeValue right) {
        if (!(left instanceof AttributeValue.Elements one)
                || !(right instanceof AttributeValue.Elements two)) {
            throw DynamoDbException.validation(WRONG_TYPE);
        }
        List<AttributeValue> both = new ArrayList<>(one.elements());
        both.addAll(two.elements());
        return new AttributeValue.Elements(both);
    }

    private static AttributeValue sum(@Nullable AttributeValue old, AttributeValue given) {
        if (old == null) {
            return given;
        }
        if (given instanceof AttributeValue.Members more) {
            NavigableSet<Bytes> members = members(old, given);
            members.addAll(more.members());
            return AttributeValue.Members.sorted(given.type(), members);
        }
        return calculate(old, given, true);
    }

    private static @Nullable AttributeValue difference(AttributeValue old, AttributeValue given) {
        NavigableSet<Bytes> members = members(old, given);
        if (given instanceof AttributeValue.Members less) {
            less.members().forEach(members::remove);
        }
        return members.isEmpty() ? null : AttributeValue.Members.sorted(given.type(), members);
    }

    private static NavigableSet<Bytes> members(AttributeValue old, AttributeValue given) {
        if (old.type() == given.type() && old instanceof AttributeValue.Members set) {
            return new TreeSet<>(set.members());
        }
        throw DynamoDbException.validation(WRONG_TYPE);
    }

    private static AttributeValue required(@Nullable AttributeValue value) {
        if (value == null) {
            throw DynamoDbException.validation(MISSING);
        }
        return value;
    }

    /** A value to set, or null to remove. */
    private record Change(DocumentPath path, @Nullable AttributeValue value) {
        /** The list position it ends in; -1 if it ends in a name. */
        int position() {
            return path.steps().getLast() instanceof DocumentPath.Index(int position)
                    ? position
                    : -1;
        }
    }
}
