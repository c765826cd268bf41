package io.quorate.kv.peer.service;

import io.quorate.kv.peer.PeerCertificate;
import java.util.Optional;
import java.util.function.Function;

/** Says who an application that calls is. Safe for any thread; must not block. */
@FunctionalInterface
public interface CallerAuthenticator {
    /** The name of the calling identity; empty if what is shown so far names nobody. */
    Optional<String> authenticate(Presented call);

    /**
     * What finds out who calls from the request itself, where {@link #authenticate} names nobody; empty refuses
     * the call.
     */
    default Optional<MessageProof> proof(Presented call) {
        return Optional.empty();
    }

    /**
     * What a call shows of its caller.
     *
     * @param method full name, {@code quorate.kv.v1.Kv/Put}
     * @param certificate of the connection
     * @param loopback whether it comes from this machine
     * @param headers textual ones by lower-case name, for signatures; looked up only when asked for
     */
    record Presented(String method, PeerCertificate certificate, boolean loopback,
            Function<String, Optional<String>> headers) {}

    /**
     * Whoever shows a certificate of the cluster's authority, under the first of its names; where the
     * node runs without certificates, whoever calls from this machine.
     */
    static CallerAuthenticator byCertificate() {
        return call -> switch (call.certificate()) {
            case PeerCertificate.Shown(var names) -> Optional
                    .of(names.isEmpty() ? "certificate" : names.getFirst());
            case PeerCertificate.Missing missing -> Optional.empty();
            case PeerCertificate.NotNeeded none -> call.loopback()
                    ? Optional.of("local")
                    : Optional.empty();
        };
    }

    /** Asks another one where this one refuses. */
    default CallerAuthenticator or(CallerAuthenticator other) {
        CallerAuthenticator first = this;
        return new CallerAuthenticator() {
            @Override
            public Optional<String> authenticate(Presented call) {
                return first.authenticate(call).or(() -> other.authenticate(call));
            }

            @Override
            public Optional<MessageProof> proof(Presented call) {
                return first.proof(call).or(() -> other.proof(call));
            }
        };
    }
}
