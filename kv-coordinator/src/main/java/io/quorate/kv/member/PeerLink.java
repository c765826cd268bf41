package io.quorate.kv.member;

import io.quorate.kv.PeerCalls;
import io.quorate.kv.Value;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import reactor.core.publisher.Mono;

/**
 * How the nodes of a cluster, and those that want to be, speak to each other about the membership. Safe
 * for any thread; nothing blocks. Every answer comes, or fails, within the {@link io.quorate.kv.Deadline}
 * of the Reactor Context.
 */
public interface PeerLink {
    /** Asks whoever listens at an address who it is; needs no membership on either side. */
    Mono<Greeting> greet(String address);

    /** Asks whoever listens at an address about the membership; needs none. */
    Mono<Value> ask(String address, Value question);

    /** Requests between members. */
    PeerCalls calls();

    /** Host and port at which others reach this node. */
    String address();

    /** Answers what other nodes {@link #ask}. */
    interface Desk {
        /**
         * Answers a question.
         *
         * @param from who asks, as the connection says; its claim alone if connections carry no proof
         */
        Mono<Value> answer(RaftMember from, Value question);
    }
}
