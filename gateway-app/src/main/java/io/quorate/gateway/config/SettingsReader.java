package io.quorate.gateway.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Puts flags over the file over defaults and checks the whole. Stateless.
 *
 * <p>Fails with a {@link ConfigException}.
 */
public final class SettingsReader {
    /** The name of a node that is given none. */
    public static final String DEFAULT_NODE_ID = "n1";

    private static final int MAX_PORT = 65_535;
    private static final int MAX_LIST = 16;
    private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private SettingsReader() {}

    /**
     * The settings of a command line.
     *
     * @param environment the process's environment variables
     */
    public static ServerSettings read(ServerFlags flags, Map<String, String> environment) {
        Optional<Path> file = flags.get(ServerFlags.Flag.CONFIG).map(SettingsReader::path);
        Map<String, Object> values = new LinkedHashMap<>(
                file.map(SettingsFile::read).orElse(Map.of()));
        flags.values().forEach((flag, value) -> values.put(flag.key(), value));
        values.remove(ServerFlags.Flag.CONFIG.key());
        Section top = new Section(key -> label(key, flags, file), values);
        EndpointSettings endpoint = endpoint(top);
        ServerSettings settings = new ServerSettings(
                top.text("node-id", DEFAULT_NODE_ID, NODE_ID,
                        "1 to 63 letters, digits, dots, dashes or underscores"),
                path(top.text("data").orElse("data")), shards(top), endpoint, management(top),
                PeerPortReader.read(top, endpoint.port() == 0),
                limits(top.section("limits")), deadlines(top.section("deadlines")),
                AccessReader.read(top, environment));
        top.end();
        refuseOpenDevelopment(settings);
        return settings;
    }

    private static String label(String key, ServerFlags flags, Optional<Path> file) {
        for (ServerFlags.Flag flag : flags.values().keySet()) {
            if (flag.key().equals(key)) {
                return flag.spelling();
            }
        }
        return file.map(path -> key + " in " + path).orElse(key);
    }

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigException("'" + text.replace("\0", "\\0") + "' is not a path.");
        }
    }

    private static int shards(Section top) {
        int shards = top.number("shards", 1, 1, 1024);
        if (shards != 1) {
            throw top.refused("shards",
                    "must be 1: this version keeps all data in one group");
        }
        return shards;
    }

    private static EndpointSettings endpoint(Section top) {
        List<String> domains = top.texts("base-domains", MAX_LIST);
        for (String domain : domains) {
            if (!DOMAIN.matcher(domain).matches()) {
                throw top.refused("base-domains",
                        "must be host names in lower case, not '" + domain + "'");
            }
        }
        return new EndpointSettings(address(top, "bind", "127.0.0.1"),
                top.number("port", 4566, 0, MAX_PORT),
                top.numbers("extra-ports", MAX_LIST, 0, MAX_PORT), publicUrl(top),
                domains.isEmpty() ? List.of("s3.localhost", "localhost") : domains,
                top.text("region", "us-east-1", REGION, "a region's name such as eu-west-1"));
    }

    private static ManagementSettings management(Section top) {
        int port = top.number("management-port", 4567, 0, MAX_PORT);
        return new ManagementSettings(address(top, "management-bind", "127.0.0.1"), port,
                top.flag("open-metrics", false));
    }

    private static Optional<URI> publicUrl(Section top) {
        Pattern url = Pattern.compile("https?://[A-Za-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~/-]*)?");
        return top.text("public-url", url, "an http or https address without a query")
                .map(text -> text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
                .map(URI::create);
    }

    private static HttpLimits limits(Section section) {
        HttpLimits limits = new HttpLimits(section.number("connections", 10_000, 1, 1_000_000),
                section.number("header-bytes", 32_768, 8_192, 1 << 20),
                section.number("request-line-bytes", 16_384, 4_096, 1 << 20),
                section.duration("idle", Duration.ofSeconds(75), SECOND, Duration.ofHours(1)),
                section.duration("body-stall", Duration.ofSeconds(30), SECOND,
                        Duration.ofMinutes(10)),
                section.duration("shutdown", Duration.ofSeconds(10), Duration.ZERO,
                        Duration.ofMinutes(5)));
        section.end();
        return limits;
    }

    private static DefaultDeadlines deadlines(Section section) {
        DefaultDeadlines deadlines = new DefaultDeadlines(deadline(section, "health", 5),
                deadline(section, "s3", 30), deadline(section, "sqs", 10),
                deadline(section, "dynamodb", 10));
        section.end();
        return deadlines;
    }

    private static Duration deadline(Section section, String key, int seconds) {
        return section.duration(key, Duration.ofSeconds(seconds), Duration.ofMillis(1),
                Duration.ofSeconds(60));
    }

    static String address(Section top, String key, String fallback) {
        String address = top.text(key).orElse(fallback);
        if (!isOfThisMachine(address)) {
            throw top.refused(key, "must be an address of this machine, not '" + address + "'");
        }
        return address;
    }

    private static boolean isOfThisMachine(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (UnknownHostException | SocketException e) {
            return false;
        }
    }

    private static void refuseOpenDevelopment(ServerSettings settings) {
        String bind = settings.endpoint().bind();
        if (settings.access().development() && !isLoopback(bind)) {
            throw new ConfigException("Refusing to listen on " + bind
                    + " with the development credentials: set QUORATE_ACCESS_KEY and"
                    + " QUORATE_SECRET_KEY, or identities in the file given with --config.");
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
