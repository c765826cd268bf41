package io.quorate.kv.member;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.Optional;

/** What one node asks of another about the membership. Fields are only added, with a new version. */
public sealed interface Ask {
    /** The version of the form. */
    int VERSION = 1;

    /**
     * Who asks wants to be a member, or says that it is one and where.
     *
     * @param address host and port of its peer port
     * @param ready whether its group is open, so that it can be fed
     */
    record Join(String address, boolean ready) implements Ask {}

    /** How the cluster is. */
    record Status() implements Ask {}

    /** Add the node that waits there. */
    record Add(String nodeId, String address) implements Ask {}

    /** Remove a member. */
    record Remove(String nodeId) implements Ask {}

    /** Hand leadership over. */
    record Transfer(Optional<String> nodeId) implements Ask {}

    /** Give a removal up, if it can be. */
    record CancelRemoval(String nodeId) implements Ask {}

    /** The bytes that travel. */
    default Value encode() {
        RowWriter out = new RowWriter(VERSION);
        return switch (this) {
            case Join(String address, boolean ready) ->
                out.octet(1).text(address).flag(ready).toValue();
            case Status status -> out.octet(2).toValue();
            case Add(String nodeId, String address) ->
                out.octet(3).text(nodeId).text(address).toValue();
            case Remove(String nodeId) -> out.octet(4).text(nodeId).toValue();
            case Transfer(Optional<String> nodeId) -> out.octet(5).text(nodeId).toValue();
            case CancelRemoval(String nodeId) -> out.octet(6).text(nodeId).toValue();
        };
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws RuntimeException if it is something else
     */
    static Ask decode(Value value) {
        RowReader in = new RowReader(value, VERSION);
        int kind = in.octet();
        return switch (kind) {
            case 1 -> new Join(in.text(), in.flag());
            case 2 -> new Status();
            case 3 -> new Add(in.text(), in.text());
            case 4 -> new Remove(in.text());
            case 5 -> new Transfer(in.optionalText());
            case 6 -> new CancelRemoval(in.text());
            default -> throw new IllegalStateException("a question of kind " + kind);
        };
    }
}
