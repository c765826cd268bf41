package io.quorate.kv.node;

import io.quorate.kv.PeerCalls;
import io.quorate.kv.PeerException;
import io.quorate.kv.Value;
import reactor.core.publisher.Mono;

/** The requests of a node that is alone in its cluster: there is nobody to ask or to answer. */
final class NoPeerCalls implements PeerCalls {
    @Override
    public Mono<Value> call(String node, Kind kind, int group, Value request) {
        return Mono.error(() -> new PeerException(node, PeerException.Reach.NOT_SENT,
                new IllegalStateException("a node without peers has nobody to ask")));
    }

    @Override
    public void serve(Kind kind, Handler handler) {
        // Nobody asks.
    }
}
