package io.quorate.dynamodb.keyspace;

import io.quorate.dynamodb.model.TableName;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.RouteHash;
import java.util.ArrayList;
import java.util.List;

/**
 * Where tables themselves are kept.
 *
 * <pre>
 * definition  (64, account, name)       on the default group's route
 * counter     (65)                      on the default group's route
 * fence       (66, table, slice)        on the first route of the slice
 * remains     (70, table)               on the default group's route: a deleted table's rows
 * token       (71, hash16, account, token)
 * </pre>
 *
 * <p>The routes are cut into {@value #SLICES} equal slices, and every table has a fence row in each:
 * a write of an item reads the fence of its own slice and so stays in one group as long as groups
 * begin where slices do. Pure functions.
 */
public final class TableKeyspace {
    /** How many fence rows a table has. */
    public static final int SLICES = 64;

    static final int DEFINITION = 64;
    static final int COUNTER = 65;
    static final int FENCE = 66;
    static final int REMAINS = 70;
    static final int TOKEN = 71;
    private static final int DEFAULT_ROUTE = 0;
    private static final int ROUTES = 1 << 16;

    private TableKeyspace() {}

    /** The row that defines a table. */
    public static Key definition(TableName name) {
        return KeyEncoder.of(DEFINITION).add(name.account()).add(name.name())
                .onRoute(DEFAULT_ROUTE).toKey();
    }

    /** The definitions of an account's tables, in the order of their names. */
    public static KeyRange definitions(String account) {
        return KeyEncoder.of(DEFINITION).add(account).onRoute(DEFAULT_ROUTE).below();
    }

    /** The row that holds the number of the youngest table. */
    public static Key counter() {
        return KeyEncoder.of(COUNTER).onRoute(DEFAULT_ROUTE).toKey();
    }

    /** The fence that guards a table's items on a route. */
    public static Key fence(long table, int route) {
        int slice = route / (ROUTES / SLICES);
        return KeyEncoder.of(FENCE).add(table).add(slice).onRoute(slice * (ROUTES / SLICES))
                .toKey();
    }

    /** All fences of a table. */
    public static List<Key> fences(long table) {
        List<Key> fences = new ArrayList<>(SLICES);
        for (int slice = 0; slice < SLICES; slice++) {
            fences.add(fence(table, slice * (ROUTES / SLICES)));
        }
        return fences;
    }

    /** What says that a deleted table, or a deleted index of one, may have rows left. */
    public static Key remains(long table) {
        return KeyEncoder.of(REMAINS).add(table).onRoute(DEFAULT_ROUTE).toKey();
    }

    /** All deleted tables and indexes that may have rows left. */
    public static KeyRange allRemains() {
        return KeyEncoder.of(REMAINS).onRoute(DEFAULT_ROUTE).below();
    }

    /** All definitions of all accounts. */
    public static KeyRange allDefinitions() {
        return KeyEncoder.of(DEFINITION).onRoute(DEFAULT_ROUTE).below();
    }

    /** Where a transaction's ClientRequestToken is remembered. */
    public static Key token(String account, String token) {
        return KeyEncoder.of(TOKEN).route(RouteHash.of(account, token)).add(account).add(token)
                .toKey();
    }

    /** All remembered tokens on the routes of a span. */
    public static KeyRange tokens(Slices.Span span) {
        return Slices.range(() -> KeyEncoder.of(TOKEN), span.first(), span.last());
    }
}
