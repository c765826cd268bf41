package io.quorate.gateway.operate;

import io.quorate.gateway.config.PeerPortSettings;
import io.quorate.kv.peer.PeerSecurity;

/** Turns what the settings say of trust between nodes into what connections take. */
public final class PeerTrust {
    private PeerTrust() {}

    /** Mutual TLS if there are certificates, else plaintext. */
    public static PeerSecurity of(PeerPortSettings.Security settings) {
        return settings.tls()
                .<PeerSecurity>map(files -> new PeerSecurity.MutualTls(files.certificate(),
                        files.key(), files.authority()))
                .orElse(new PeerSecurity.Plaintext(settings.openPlaintext()));
    }
}
