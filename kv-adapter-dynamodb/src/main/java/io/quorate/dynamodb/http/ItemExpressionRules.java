package io.quorate.dynamodb.http;

import io.quorate.dynamodb.expression.ConditionCheck;
import io.quorate.dynamodb.expression.DocumentPath;
import io.quorate.dynamodb.expression.ExpressionKind;
import io.quorate.dynamodb.expression.ExpressionScope;
import io.quorate.dynamodb.expression.Expressions;
import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.expression.UpdateCheck;
import io.quorate.dynamodb.repository.ItemExpressions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the expressions of requests as far as they can be without an item. Pure functions. */
final class ItemExpressionRules {
    private static final Checked NOTHING = new Checked(ItemExpressions.NONE, List.of());

    private ItemExpressionRules() {}

    /** Expressions that are sound, and the attributes an update changes. */
    record Checked(ItemExpressions expressions, List<String> changed) {}

    /** Checks condition and update. */
    static Checked check(ExpressionInput input, Expressions parser) {
        String update = input.text(ExpressionKind.UPDATE);
        String condition = input.text(ExpressionKind.CONDITION);
        if (update == null && condition == null) {
            return NOTHING;
        }
        ExpressionScope scope = input.scope();
        List<String> changed = List.of();
        if (update != null) {
            changed = UpdateCheck.check(parser.update(update), scope).stream()
                    .map(DocumentPath::root).toList();
        }
        if (condition != null) {
            ConditionCheck.check(ExpressionKind.CONDITION,
                    parser.condition(ExpressionKind.CONDITION, condition), scope);
        }
        scope.finish();
        return new Checked(new ItemExpressions(condition, update, input.names(), input.values()),
                changed);
    }

    /** Checks the projection of a request that has no other expression. */
    static @Nullable Projection projection(ExpressionInput input, Expressions parser) {
        String text = input.text(ExpressionKind.PROJECTION);
        if (text == null) {
            return null;
        }
        ExpressionScope scope = input.scope();
        Projection projection = Projection.check(parser.projection(text), scope);
        scope.finish();
        return projection;
    }
}
