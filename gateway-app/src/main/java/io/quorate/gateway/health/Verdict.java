package io.quorate.gateway.health;

import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;

/** What came of a verification of leadership, as a probe sees it. */
enum Verdict {
    OK, NOT_LEADER, OVERLOADED;

    /** Every failure but a reached bound is "not leader": a probe must never be told to trust. */
    static Verdict of(Throwable failure) {
        boolean overloaded = failure instanceof KvException kv
                && kv.failure() instanceof KvFailure.Overloaded;
        return overloaded ? OVERLOADED : NOT_LEADER;
    }
}
