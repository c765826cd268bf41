package io.quorate.kv.peer.service;

/** Says who sent a request, from the request's bytes as they came. Safe for any thread; must not block. */
@FunctionalInterface
public interface MessageProof {
    /** Judges a message, before anything of it is parsed. */
    Finding judge(byte[] message);

    /** What became of it. */
    sealed interface Finding {
        /** It comes from this identity. */
        record Known(String caller) implements Finding {}

        /** It does not prove what it claims. */
        record Unknown() implements Finding {}

        /** It comes from an identity that may not ask for this. */
        record Forbidden() implements Finding {}
    }
}
