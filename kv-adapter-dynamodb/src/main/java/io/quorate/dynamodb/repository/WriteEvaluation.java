package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.expression.Bindings;
import io.quorate.dynamodb.expression.ConditionEvaluator;
import io.quorate.dynamodb.expression.ExpressionKind;
import io.quorate.dynamodb.expression.Expressions;
import io.quorate.dynamodb.expression.ItemView;
import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.expression.UpdateAction;
import io.quorate.dynamodb.expression.UpdateEvaluator;
import io.quorate.dynamodb.expression.UpdateExpression;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemTree;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides one write on the item as it is. Thread-safe; keeps only the cache of expressions. */
final class WriteEvaluation {
    private static final String TOO_DEEP = "Nesting Levels have exceeded supported limits:"
            + " Attributes in the item have nested levels beyond supported limit";
    private static final String TOO_LARGE = "Item size to update has exceeded the maximum allowed"
            + " size";

    private final Expressions expressions;

    WriteEvaluation(Expressions expressions) {
        this.expressions = expressions;
    }

    /** Decides and adds what changes; a refused write adds nothing. */
    WriteOutcome decide(LeaderView view, ItemWrite write, ItemChanges into) {
        Item old = write.isBlind()
                ? null
                : view.get(write.row()).map(row -> Item.of(row.value().shared())).orElse(null);
        Bindings bindings = write.expressions().bindings();
        if (!isMet(write, old, bindings)) {
            return new WriteOutcome.CheckFailed(
                    Optional.ofNullable(write.returning().oldOnFailure() ? old : null));
        }
        try {
            Item now = next(write, old, bindings);
            return applied(write, old, now, into);
        } catch (DynamoDbException refused) {
            return new WriteOutcome.Refused(refused.text());
        }
    }

    private boolean isMet(ItemWrite write, @Nullable Item old, Bindings bindings) {
        String condition = write.expressions().condition();
        return condition == null || ConditionEvaluator.holds(
                expressions.condition(ExpressionKind.CONDITION, condition), ItemView.of(old),
                bindings);
    }

    private @Nullable Item next(ItemWrite write, @Nullable Item old, Bindings bindings) {
        return switch (write.action()) {
            case PUT -> write.item();
            case DELETE, EXPIRE -> null;
            case CHECK, REINDEX -> old;
            case UPDATE -> updated(write, old, bindings);
        };
    }

    private Item updated(ItemWrite write, @Nullable Item old, Bindings bindings) {
        String text = write.expressions().update();
        Item base = old == null ? write.item() : old;
        if (text == null) {
            return base;
        }
        UpdateExpression update = expressions.update(text);
        Map<String, AttributeValue> after = UpdateEvaluator.apply(update,
                ItemTree.attributes(base), bindings);
        for (UpdateAction action : update.actions()) {
            AttributeValue root = after.get(bindings.name(action.path().root()));
            if (root != null && ItemTree.depth(root) > Item.MAX_DEPTH) {
                throw DynamoDbException.validation(TOO_DEEP);
            }
        }
        Item item = ItemTree.item(after);
        if (item.sizeBytes() > Item.MAX_SIZE_BYTES) {
            throw DynamoDbException.validation(TOO_LARGE);
        }
        IndexRules.checkUpdated(write.target().indexes(), item);
        return item;
    }

    private WriteOutcome applied(ItemWrite write, @Nullable Item old, @Nullable Item now,
            ItemChanges changes) {
        List<Integer> units = List.of();
        List<Mutation> into = changes.rows();
        if (write.action() == ItemWrite.Action.REINDEX) {
            units = IndexEntries.change(write, null, now, into);
        } else if (write.action() != ItemWrite.Action.CHECK) {
            if (now != null) {
                into.add(new Mutation.Put(write.row(), Value.of(now.shared())));
            } else if (old != null) {
                into.add(new Mutation.Delete(write.row()));
            }
            units = IndexEntries.change(write, old, now, into);
            changes.record(write, old, now);
        }
        int larger = Math.max(old == null ? 0 : old.sizeBytes(),
                now == null ? 0 : now.sizeBytes());
        return new WriteOutcome.Applied(larger, returned(write, old, now),
                write.returning().sizes() ? units : List.of());
    }

    private Optional<Item> returned(ItemWrite write, @Nullable Item old, @Nullable Item now) {
        return switch (write.returning().values()) {
            case NONE -> Optional.empty();
            case ALL_OLD -> Optional.ofNullable(old);
            case ALL_NEW -> Optional.ofNullable(now);
            case UPDATED_OLD -> touched(write, old);
            case UPDATED_NEW -> touched(write, now);
        };
    }

    private Optional<Item> touched(ItemWrite write, @Nullable Item item) {
        String text = write.expressions().update();
        if (item == null || text == null) {
            return Optional.empty();
        }
        Bindings bindings = write.expressions().bindings();
        Item parts = Projection.of(expressions.update(text).actions().stream()
                .map(action -> bindings.resolve(action.path())).toList()).of(item);
        return parts.reader().atEnd() ? Optional.empty() : Optional.of(parts);
    }
}
