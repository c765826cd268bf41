package io.quorate.dynamodb.keyspace;

import io.quorate.dynamodb.model.TableName;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Where tables themselves are kept.
 *
 * <pre>
 * definition  (64, account, name)       on the default group's route
 * counter     (65)                      on the default group's route
 * fence       (66, table, slice)        on the first route of the slice
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
}
