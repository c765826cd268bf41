package io.quorate.gateway.config;

import io.quorate.kv.node.ClusterSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads how this node meets others: {@code peers}, the peer port and the certificates. */
final class PeerPortReader {
    private static final int DEFAULT_PORT = 4568;
    private static final int MAX_PORT = 65_535;
    private static final Pattern ADDRESS = Pattern
            .compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):([1-9][0-9]{0,4})");
    private static final Pattern PEER = Pattern
            .compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}=" + ADDRESS.pattern());

    private PeerPortReader() {}

    /** @param anyPort whether the endpoint takes a free port: then this one does, too, unless it is given */
    static PeerPortSettings read(Section top, boolean anyPort) {
        Map<String, String> peers = peers(top);
        int port = top.number("peer-port", anyPort ? 0 : DEFAULT_PORT, 0, MAX_PORT);
        PeerPortSettings settings = new PeerPortSettings(peers,
                SettingsReader.address(top, "peer-bind", "127.0.0.1"), port,
                address(top, "advertise"),
                new PeerPortSettings.Security(tls(top.section("peer-tls")),
                        top.flag("peer-plaintext", false)));
        refuseOpenPlaintext(top, settings);
        return settings;
    }

    private static Map<String, String> peers(Section top) {
        Map<String, String> peers = new TreeMap<>();
        String text = top.text("peers").orElse("");
        for (String peer : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            if (!PEER.matcher(peer).matches()) {
                throw top.refused("peers", "must be a list such as n1=10.0.0.1:4568,"
                        + "n2=10.0.0.2:4568, not '" + text + "'");
            }
            int equals = peer.indexOf('=');
            if (peers.put(peer.substring(0, equals), peer.substring(equals + 1)) != null) {
                throw top.refused("peers",
                        "names node " + peer.substring(0, equals) + " twice");
            }
        }
        if (peers.size() > ClusterSettings.MAX_MEMBERS) {
            throw top.refused("peers",
                    "may name at most " + ClusterSettings.MAX_MEMBERS + " nodes");
        }
        return peers;
    }

    private static String address(Section top, String key) {
        return top.text(key, ADDRESS, "a host and a port such as 10.0.0.1:4568").orElse("");
    }

    private static Optional<PeerPortSettings.Tls> tls(Section section) {
        Optional<Path> certificate = section.text("certificate").map(SettingsReader::path);
        Optional<Path> key = section.text("key").map(SettingsReader::path);
        Optional<Path> authority = section.text("authority").map(SettingsReader::path);
        section.end();
        if (certificate.isEmpty() && key.isEmpty() && authority.isEmpty()) {
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty() || authority.isEmpty()) {
            throw section.refused("certificate, key and authority", "must be given together");
        }
        return Optional.of(new PeerPortSettings.Tls(certificate.get(), key.get(),
                authority.get()));
    }

    private static void refuseOpenPlaintext(Section top, PeerPortSettings settings) {
        PeerPortSettings.Security security = settings.security();
        if (security.tls().isEmpty() && !security.openPlaintext()
                && !isLoopback(settings.bind())) {
            throw top.refused("peer-bind", "is not a loopback address, so the nodes must know"
                    + " each other by certificates: give peer-tls in the file, or peer-plaintext:"
                    + " true on a network that nobody else can reach");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
