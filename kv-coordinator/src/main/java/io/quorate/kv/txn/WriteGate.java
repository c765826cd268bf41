package io.quorate.kv.txn;

import io.quorate.kv.KvFailure;
import java.util.Optional;

/** Says whether this node may propose, from local knowledge: its disk, its log. Any thread. */
@FunctionalInterface
public interface WriteGate {
    /** Why nothing may be proposed; empty while all is well. */
    Optional<KvFailure> refusal();
}
