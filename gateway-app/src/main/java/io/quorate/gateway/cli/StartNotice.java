package io.quorate.gateway.cli;

import io.quorate.gateway.config.IdentitySettings;
import io.quorate.gateway.config.KeySettings;
import io.quorate.gateway.config.ServerSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;

/** What is printed once the server serves: where, for whom, and from which data. */
public final class StartNotice {
    private StartNotice() {}

    /**
     * The notice.
     *
     * @param port the endpoint's port as bound
     * @param managementPort the management port as bound
     * @param elapsed since the process began
     */
    public static String of(ServerSettings settings, int port, int managementPort,
            Duration elapsed) {
        return String.format(Locale.ROOT, """
                Quorate %s serves as node %s.

                  S3, SQS, DynamoDB   %s
                  health, metrics     %s/actuator/health, /actuator/prometheus
                  credentials         %s
                  data                %s

                Ready after %.1f s. Stop with Ctrl-C.
                """, Texts.version(), settings.nodeId(),
                url(settings.endpoint().bind(), port),
                url(settings.management().bind(), managementPort), credentials(settings),
                settings.data().toAbsolutePath().normalize(), elapsed.toMillis() / 1000.0);
    }

    private static String credentials(ServerSettings settings) {
        if (!settings.access().development()) {
            int count = settings.access().identities().size();
            return count + (count == 1 ? " identity" : " identities") + " configured";
        }
        IdentitySettings root = settings.access().identities().getFirst();
        KeySettings key = root.keys().getFirst();
        return "access key " + key.accessKey() + ", secret " + key.secretKey() + ", account "
                + root.accountId() + " (development only)";
    }

    /** An address one can open: a wildcard is reached at loopback. */
    private static String url(String bind, int port) {
        String host = bind;
        try {
            InetAddress address = InetAddress.getByName(bind);
            host = address.isAnyLocalAddress() ? "127.0.0.1" : bind;
        } catch (UnknownHostException e) {
            // Shown as it was written.
        }
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
