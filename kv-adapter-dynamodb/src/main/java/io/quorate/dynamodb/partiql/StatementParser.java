package io.quorate.dynamodb.partiql;

import io.quorate.dynamodb.expression.Condition;
import io.quorate.dynamodb.expression.DocumentPath;
import io.quorate.dynamodb.expression.SetValue;
import io.quorate.dynamodb.expression.UpdateAction;
import io.quorate.dynamodb.expression.UpdateExpression;
import io.quorate.dynamodb.model.AttributeValue;
import io.quorate.dynamodb.model.ItemTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses statements. One use each. */
public final class StatementParser {
    private final Tokens tokens;
    private final ValueParser values;
    private final Placeholders placeholders = new Placeholders();
    private final WhereParser where;

    private StatementParser(String text, List<AttributeValue> parameters) {
        this.tokens = new Tokens(text);
        this.values = new ValueParser(tokens, parameters);
        this.where = new WhereParser(tokens, values, placeholders);
    }

    /**
     * Parses a statement.
     *
     * @param parameters what its question marks stand for, in order
     */
    public static Statement parse(String text, List<AttributeValue> parameters) {
        StatementParser parser = new StatementParser(text, parameters);
        Statement statement = parser.statement();
        parser.tokens.accept(";");
        if (parser.tokens.peek().type() != Token.Type.END) {
            throw parser.tokens.unexpected();
        }
        parser.values.finish();
        return statement;
    }

    private Statement statement() {
        if (tokens.acceptWord("SELECT")) {
            return select();
        }
        if (tokens.acceptWord("INSERT")) {
            return insert();
        }
        if (tokens.acceptWord("UPDATE")) {
            return update();
        }
        if (tokens.acceptWord("DELETE")) {
            return delete();
        }
        if (tokens.acceptWord("EXISTS")) {
            return exists();
        }
        throw Tokens.malformed("Expected data manipulation");
    }

    private Statement.Select select() {
        List<DocumentPath> paths = new ArrayList<>();
        if (!tokens.accept("*")) {
            do {
                paths.add(where.path());
            } while (tokens.accept(","));
        }
        tokens.expectWord("FROM");
        String table = tokens.name();
        String index = tokens.accept(".") ? tokens.name() : null;
        Condition condition = tokens.acceptWord("WHERE") ? where.condition() : null;
        List<Statement.Order> order = order();
        return new Statement.Select(table, index, paths, bound(condition), order);
    }

    private List<Statement.Order> order() {
        List<Statement.Order> order = new ArrayList<>();
        if (tokens.acceptWord("ORDER")) {
            tokens.expectWord("BY");
            do {
                String attribute = tokens.name();
                boolean descending = tokens.acceptWord("DESC");
                if (!descending) {
                    tokens.acceptWord("ASC");
                }
                order.add(new Statement.Order(attribute, descending));
            } while (tokens.accept(","));
        }
        return order;
    }

    private Statement.Insert insert() {
        tokens.expectWord("INTO");
        String table = tokens.name();
        tokens.expectWord("VALUE");
        AttributeValue value = values.value();
        if (!(value instanceof AttributeValue.Entries item)) {
            throw Tokens.malformed("Expected a tuple");
        }
        return new Statement.Insert(table, ItemTree.item(item.entries()));
    }

    private Statement.Update update() {
        String table = tokens.name();
        List<UpdateAction> actions = new ArrayList<>();
        while (true) {
            if (tokens.acceptWord("SET")) {
                do {
                    actions.add(assignment());
                } while (tokens.accept(","));
            } else if (tokens.acceptWord("REMOVE")) {
                do {
                    actions.add(new UpdateAction.Remove(where.path()));
                } while (tokens.accept(","));
            } else {
                break;
            }
        }
        if (actions.isEmpty()) {
            throw tokens.unexpected();
        }
        Condition condition = requiredWhere();
        Statement.Returning returning = returning();
        return new Statement.Update(table, new UpdateExpression(actions), bound(condition),
                returning);
    }

    private UpdateAction assignment() {
        DocumentPath path = where.path();
        tokens.expect("=");
        boolean add = tokens.peek().isWord("set_add");
        boolean subtract = tokens.peek().isWord("set_delete");
        if ((add || subtract) && tokens.peekSecond().is("(")) {
            tokens.next();
            tokens.expect("(");
            DocumentPath of = where.path();
            tokens.expect(",");
            String members = placeholders.value(values.value());
            tokens.expect(")");
            if (!of.equals(path)) {
                throw Tokens.malformed("A set must be assigned to itself");
            }
            return add
                    ? new UpdateAction.Add(path, members)
                    : new UpdateAction.Subtract(path, members);
        }
        return new UpdateAction.Assign(path, sum());
    }

    private SetValue sum() {
        SetValue left = operand();
        if (tokens.accept("+")) {
            return new SetValue.Plus(left, operand());
        }
        return tokens.accept("-") ? new SetValue.Minus(left, operand()) : left;
    }

    private SetValue operand() {
        if (tokens.peekSecond().is("(") && tokens.acceptWord("list_append")) {
            tokens.expect("(");
            SetValue left = operand();
            tokens.expect(",");
            SetValue right = operand();
            tokens.expect(")");
            return new SetValue.ListAppend(left, right);
        }
        if (tokens.peekSecond().is("(") && tokens.acceptWord("if_not_exists")) {
            tokens.expect("(");
            DocumentPath path = where.path();
            tokens.expect(",");
            SetValue otherwise = operand();
            tokens.expect(")");
            return new SetValue.IfNotExists(path, otherwise);
        }
        return values.isAhead()
                ? new SetValue.Given(placeholders.value(values.value()))
                : new SetValue.At(where.path());
    }

    private Statement.Delete delete() {
        tokens.expectWord("FROM");
        String table = tokens.name();
        Condition condition = requiredWhere();
        return new Statement.Delete(table, bound(condition), returning());
    }

    private Statement.Exists exists() {
        tokens.expect("(");
        tokens.expectWord("SELECT");
        Statement.Select select = select();
        tokens.expect(")");
        return new Statement.Exists(select.table(), select.where());
    }

    private Condition requiredWhere() {
        tokens.expectWord("WHERE");
        return where.condition();
    }

    private Statement.Returning returning() {
        if (!tokens.acceptWord("RETURNING")) {
            return Statement.Returning.NOTHING;
        }
        boolean all = tokens.acceptWord("ALL");
        if (!all) {
            tokens.expectWord("MODIFIED");
        }
        boolean old = tokens.acceptWord("OLD");
        if (!old) {
            tokens.expectWord("NEW");
        }
        tokens.expect("*");
        if (all) {
            return old ? Statement.Returning.ALL_OLD : Statement.Returning.ALL_NEW;
        }
        return old ? Statement.Returning.MODIFIED_OLD : Statement.Returning.MODIFIED_NEW;
    }

    private Statement.Where bound(@Nullable Condition condition) {
        return new Statement.Where(condition, placeholders.bindings());
    }
}
