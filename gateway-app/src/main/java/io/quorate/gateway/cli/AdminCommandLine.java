package io.quorate.gateway.cli;

import io.quorate.gateway.operate.AdminCommand;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the words after {@code quorate admin}. Stateless. */
final class AdminCommandLine {
    static final String CONFIRM = "--accept-data-loss";
    private static final String SEE_HELP = " Try quorate admin --help.";
    private static final String DEFAULT_NODE = "127.0.0.1:4568";
    private static final Set<String> TARGET = Set.of("--node", "--config", "--timeout");
    private static final Pattern SECONDS = Pattern.compile("([1-9]\\d{0,3})s?");

    private AdminCommandLine() {}

    /** What was typed: words and the values of flags. */
    private record Typed(List<String> words, Map<String, String> flags) {}

    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        private final String sentence;

        Wrong(String sentence) {
            super(sentence, null, false, false);
            this.sentence = sentence;
        }
    }

    static Invocation parse(List<String> arguments) {
        if (arguments.stream().anyMatch(List.of("--help", "-h", "help")::contains)) {
            return new Invocation.HelpOf("admin");
        }
        if (arguments.isEmpty()) {
            return new Invocation.Mistake("No admin command given." + SEE_HELP);
        }
        try {
            return new Invocation.Admin(command(arguments.getFirst(),
                    arguments.subList(1, arguments.size())));
        } catch (Wrong e) {
            return new Invocation.Mistake(e.sentence + SEE_HELP);
        }
    }

    private static AdminCommand command(String name, List<String> rest) throws Wrong {
        return switch (name) {
            case "status", "members" -> new AdminCommand.Status(
                    target(typed(rest, TARGET, 0, 0, name)));
            case "add" -> {
                Typed typed = typed(rest, TARGET, 2, 2, name);
                yield new AdminCommand.Add(target(typed), typed.words().get(0),
                        typed.words().get(1));
            }
            case "remove" -> {
                Typed typed = typed(rest, TARGET, 1, 1, name);
                yield new AdminCommand.Remove(target(typed), typed.words().getFirst());
            }
            case "cancel-remove" -> {
                Typed typed = typed(rest, TARGET, 1, 1, name);
                yield new AdminCommand.CancelRemoval(target(typed), typed.words().getFirst());
            }
            case "transfer" -> {
                Typed typed = typed(rest, TARGET, 0, 1, name);
                yield new AdminCommand.Transfer(target(typed),
                        typed.words().stream().findFirst());
            }
            case "unsafe-recover" -> recover(rest);
            default -> throw new Wrong("Unknown admin command '" + name + "'.");
        };
    }

    private static AdminCommand recover(List<String> rest) throws Wrong {
        List<String> others = new ArrayList<>(rest);
        boolean confirmed = others.remove(CONFIRM);
        Typed typed = typed(others, Set.of("--data"), 0, 0, "unsafe-recover");
        String data = typed.flags().get("--data");
        if (data == null) {
            throw new Wrong("unsafe-recover needs the data directory: --data DIR.");
        }
        return new AdminCommand.UnsafeRecover(path(data), confirmed);
    }

    private static Typed typed(List<String> rest, Set<String> known, int least, int most,
            String name) throws Wrong {
        List<String> words = new ArrayList<>();
        Map<String, String> flags = new HashMap<>();
        for (int at = 0; at < rest.size(); at++) {
            String[] parts = rest.get(at).split("=", 2);
            if (!parts[0].startsWith("-")) {
                words.add(rest.get(at));
                continue;
            }
            if (!known.contains(parts[0])) {
                throw new Wrong("Unknown flag '" + parts[0] + "'.");
            }
            if (parts.length == 1 && at + 1 == rest.size()) {
                throw new Wrong("The flag " + parts[0] + " needs a value.");
            }
            if (flags.put(parts[0], parts.length == 2 ? parts[1] : rest.get(++at)) != null) {
                throw new Wrong("The flag " + parts[0] + " is given twice.");
            }
        }
        if (words.size() < least || words.size() > most) {
            throw new Wrong("The command " + name + " takes "
                    + (least == most ? String.valueOf(least) : least + " to " + most)
                    + " words after it, not " + words.size() + ".");
        }
        return new Typed(words, flags);
    }

    private static AdminCommand.Target target(Typed typed) throws Wrong {
        String timeout = typed.flags().getOrDefault("--timeout", "30s");
        Matcher seconds = SECONDS.matcher(timeout);
        if (!seconds.matches()) {
            throw new Wrong("--timeout must be seconds such as 30s, not '" + timeout + "'.");
        }
        Optional<String> config = Optional.ofNullable(typed.flags().get("--config"));
        return new AdminCommand.Target(typed.flags().getOrDefault("--node", DEFAULT_NODE),
                config.isEmpty() ? Optional.empty() : Optional.of(path(config.get())),
                Duration.ofSeconds(Long.parseLong(seconds.group(1))));
    }

    private static Path path(String text) throws Wrong {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Wrong("'" + text.replace("\0", "\\0") + "' is not a path.");
        }
    }
}
