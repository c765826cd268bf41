package io.quorate.gateway.cli;

import io.quorate.gateway.operate.ClusterCommand;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the words after {@code quorate cluster}. What it does not know goes to every server. Stateless. */
final class ClusterCommandLine {
    private static final String SEE_HELP = " Try quorate cluster --help.";
    /** The nodes differ in these; the command sets them. */
    private static final Set<String> OWN = Set.of("--node-id", "--peers", "--advertise",
            "--peer-bind");
    private static final int LAST_PORT = 65_000;

    private ClusterCommandLine() {}

    static Invocation parse(List<String> arguments) {
        if (arguments.stream().anyMatch(List.of("--help", "-h", "help")::contains)) {
            return new Invocation.HelpOf("cluster");
        }
        int nodes = 3;
        Path data = Path.of("data");
        int[] ports = {4566, 4567, 4568};
        List<String> others = new ArrayList<>();
        for (int at = 0; at < arguments.size(); at++) {
            String[] parts = arguments.get(at).split("=", 2);
            if (!parts[0].startsWith("--")) {
                return mistake("'" + arguments.get(at) + "' is no flag.");
            }
            if (parts.length == 1 && at + 1 == arguments.size()) {
                return mistake("The flag " + parts[0] + " needs a value.");
            }
            String value = parts.length == 2 ? parts[1] : arguments.get(++at);
            try {
                switch (parts[0]) {
                    case "--nodes" -> nodes = Integer.parseInt(value);
                    case "--data" -> data = Path.of(value);
                    case "--port" -> ports[0] = Integer.parseInt(value);
                    case "--management-port" -> ports[1] = Integer.parseInt(value);
                    case "--peer-port" -> ports[2] = Integer.parseInt(value);
                    default -> others.addAll(List.of(parts[0], value));
                }
            } catch (NumberFormatException e) {
                return mistake(parts[0] + " must be a whole number, not '" + value + "'.");
            } catch (InvalidPathException e) {
                return mistake("--data is not a path.");
            }
            if (OWN.contains(parts[0])) {
                return mistake("The flag " + parts[0] + " is set for each node by the command.");
            }
        }
        if (nodes < 1 || nodes > 7) {
            return mistake("--nodes must be from 1 to 7, not " + nodes + ".");
        }
        for (int port : ports) {
            if (port < 1 || port > LAST_PORT) {
                return mistake("Ports must be from 1 to " + LAST_PORT + ", not " + port + ".");
            }
        }
        return new Invocation.Cluster(new ClusterCommand(nodes, data,
                new ClusterCommand.Ports(ports[0], ports[1], ports[2]), others));
    }

    private static Invocation mistake(String sentence) {
        return new Invocation.Mistake(sentence + SEE_HELP);
    }
}
