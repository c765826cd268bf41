package io.quorate.kv.node;

import static io.quorate.kv.node.RunningNode.await;

import io.quorate.kv.Key;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Versioned;
import java.util.Optional;

/** What a handler would see; the commit says whether it was so. */
record AppliedRows(Node node) implements LeaderView {
    @Override
    public Optional<Versioned> get(Key key) {
        return await(node.kv().get(key));
    }

    @Override
    public ScanPage scan(Scan scan) {
        return await(node.kv().scan(scan));
    }

    @Override
    public ScanPage peek(Scan scan) {
        return scan(scan);
    }

    @Override
    public long nowMillis() {
        return System.currentTimeMillis();
    }
}
