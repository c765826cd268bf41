package io.quorate.kv;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A shard's local copy of the fact that a definition (a table, a queue, a bucket) stands, in one
 * generation. The pattern:
 *
 * <ul>
 * <li>every transaction that writes data of the definition <em>reads</em> the fence of its shard and
 * names the version it saw, by {@link #standing(LeaderView, Key)} in a handler or by
 * {@link #unchanged()} otherwise; it never writes it, so data writes do not contend;
 * <li>every change of the definition writes the fence of every shard that holds its data
 * ({@link #raise()}, {@link #remove()}) in the transaction that changes the definition.
 * </ul>
 *
 * <p>So a data write that races with a change of the definition either lies before it in the log or
 * fails (in a handler: is decided anew, on the new definition). The generation tells incarnations
 * apart: keys below it are unreachable once it has changed.
 *
 * @param key where the fence is stored, on the route of the data it guards
 * @param generation counts the changes of the definition
 * @param version the version of the fence's row
 */
public record Fence(Key key, long generation, long version) {
    /** The fence under a key, read so that the handler's transaction fails if it changes. */
    public static Optional<Fence> standing(LeaderView view, Key key) {
        return view.get(key).map(Fence::of);
    }

    /** The fence that a row stores. */
    public static Fence of(Versioned row) {
        ByteBuffer bytes = row.value().asReadOnlyBuffer();
        if (bytes.remaining() != Long.BYTES) {
            throw new IllegalStateException("not a fence: " + row);
        }
        return new Fence(row.key(), bytes.getLong(), row.version());
    }

    /** Sets a fence up, whether or not one stood there. */
    public static Mutation establish(Key key, long generation) {
        return new Mutation.Put(key, stored(generation));
    }

    /** What a data transaction requires that knows the generation and has not read the fence. */
    public static Condition.ValueIs stands(Key key, long generation) {
        return new Condition.ValueIs(key, stored(generation));
    }

    private static Value stored(long generation) {
        return Value.of(ByteBuffer.allocate(Long.BYTES).putLong(generation).array());
    }

    /** What a data transaction outside a handler requires. */
    public Condition.VersionIs unchanged() {
        return new Condition.VersionIs(key, version);
    }

    /** The fence's part in a transaction that changes the definition. */
    public Mutation raise() {
        return establish(key, generation + 1);
    }

    /** The fence's part in a transaction that removes the definition. */
    public Mutation remove() {
        return new Mutation.Delete(key);
    }
}
