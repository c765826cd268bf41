package io.quorate.kv.txn;

import io.quorate.kv.Condition;
import io.quorate.kv.Key;
import io.quorate.kv.ScanFingerprint;
import io.quorate.kv.Versioned;
import io.quorate.kv.mvcc.MvccStore;
import io.quorate.kv.mvcc.MvccStore.NotCachedException;
import java.util.List;

/**
 * Looks, on the latest applied state, for a condition that cannot hold any more, so that a hopeless
 * transaction is refused without an entry of the log. What is not cached, costly to repeat or decided
 * by the entry's stamp counts as holding: the state machine judges in the end.
 */
final class ConditionCheck {
    /** No condition is known to fail. */
    static final int NONE = -1;
    /** Longer scans are not repeated here: that would hold up the caller's thread. */
    private static final int MAX_SCAN_LIMIT = 128;

    private final MvccStore store;

    ConditionCheck(MvccStore store) {
        this.store = store;
    }

    /** The position of the first condition that does not hold, or {@link #NONE}. */
    int firstFailing(List<Condition> conditions) {
        for (int i = 0; i < conditions.size(); i++) {
            try {
                if (!holds(conditions.get(i))) {
                    return i;
                }
            } catch (NotCachedException unknown) {
                // An earlier condition that is unknown may fail first; the log shall say which.
                return NONE;
            }
        }
        return NONE;
    }

    private boolean holds(Condition condition) throws NotCachedException {
        return switch (condition) {
            case Condition.VersionIs is -> version(is.key()) == is.version();
            case Condition.Exists exists -> store.getLatestCached(exists.key()).isPresent();
            case Condition.ValueIs is -> store.getLatestCached(is.key())
                    .filter(row -> row.value().equals(is.value())).isPresent();
            case Condition.ScanUnchanged unchanged -> isUnchanged(unchanged);
            case Condition.CommittedBefore before -> true;
        };
    }

    private long version(Key key) throws NotCachedException {
        return store.getLatestCached(key).map(Versioned::version).orElse(Versioned.ABSENT);
    }

    private boolean isUnchanged(Condition.ScanUnchanged unchanged) throws NotCachedException {
        return unchanged.scan().limit() > MAX_SCAN_LIMIT || ScanFingerprint
                .of(store.scanLatestCached(unchanged.scan())).equals(unchanged.fingerprint());
    }
}
