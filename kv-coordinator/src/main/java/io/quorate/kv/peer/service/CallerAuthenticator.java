package io.quorate.kv.peer.service;

import io.quorate.kv.peer.PeerCertificate;
import java.util.Optional;
import java.util.function.Function;

/** Says who an application that calls is. Safe for any thread; must not block. */
@FunctionalInterface
public interface CallerAuthenticator {
    /** The name of the calling identity; empty refuses the call. */
    Optional<String> authenticate(Presented call);

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
        return call -> authenticate(call).or(() -> other.authenticate(call));
    }
}
