package io.quorate.gateway.cli;

import io.quorate.gateway.config.ServerFlags;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a command line. Flags are {@code --name value} or {@code --name=value}, each at most once;
 * their values are checked where they are used, so that a file and a flag are refused in the same
 * words. Stateless.
 */
public final class CommandLine {
    private static final String SEE_HELP = " Try quorate --help.";
    private static final List<String> HELP = List.of("help", "--help", "-h");

    private CommandLine() {}

    /** What the arguments ask for. */
    public static Invocation parse(List<String> arguments) {
        if (arguments.isEmpty()) {
            return mistake("No command given.");
        }
        String command = arguments.getFirst();
        if (HELP.contains(command)) {
            return new Invocation.Help();
        }
        if (command.equals("--version")) {
            return new Invocation.Version();
        }
        List<String> rest = arguments.subList(1, arguments.size());
        return switch (command) {
            case "server" -> server(rest);
            case "admin" -> AdminCommandLine.parse(rest);
            case "cluster" -> ClusterCommandLine.parse(rest);
            default -> mistake("Unknown command '" + command + "'.");
        };
    }

    private static Invocation server(List<String> arguments) {
        if (arguments.stream().anyMatch(HELP.subList(1, HELP.size())::contains)) {
            return new Invocation.Help();
        }
        Map<ServerFlags.Flag, String> values = new EnumMap<>(ServerFlags.Flag.class);
        for (int at = 0; at < arguments.size(); at++) {
            String[] nameAndValue = arguments.get(at).split("=", 2);
            Optional<ServerFlags.Flag> flag = flag(nameAndValue[0]);
            if (flag.isEmpty()) {
                return mistake("Unknown flag '" + nameAndValue[0] + "'.");
            }
            if (nameAndValue.length == 1 && at + 1 == arguments.size()) {
                return mistake("The flag " + nameAndValue[0] + " needs a value.");
            }
            String value = nameAndValue.length == 2 ? nameAndValue[1] : arguments.get(++at);
            if (values.put(flag.get(), value) != null) {
                return mistake("The flag " + nameAndValue[0] + " is given twice.");
            }
        }
        return new Invocation.Server(new ServerFlags(values));
    }

    private static Optional<ServerFlags.Flag> flag(String name) {
        return Arrays.stream(ServerFlags.Flag.values()).filter(flag -> flag.spelling().equals(name))
                .findFirst();
    }

    private static Invocation mistake(String sentence) {
        return new Invocation.Mistake(sentence + SEE_HELP);
    }
}
