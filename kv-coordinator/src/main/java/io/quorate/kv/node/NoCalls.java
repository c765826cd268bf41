package io.quorate.kv.node;

import io.quorate.kv.PeerCalls;
import io.quorate.kv.PeerException;
import io.quorate.kv.Value;
import reactor.core.publisher.Mono;

/** Requests reach nobody. */
final class NoCalls implements PeerCalls {
    @Override
    public Mono<Value> call(String node, Kind kind, int group, Value request) {
        return Mono.error(() -> new PeerException(node, PeerException.Reach.NOT_SENT,
                new IllegalStateException("requests are not carried")));
    }

    @Override
    public void serve(Kind kind, Handler handler) {}
}
