package io.quorate.gateway.change;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What docs/compatibility.md promises: the tables headed {@code action | built | tests}, under each protocol. */
final class CompatibilityPage {
    private static final Pattern PROTOCOL = Pattern.compile("## (\\w+) \\(.*");
    private static final Pattern TABLE = Pattern.compile("\\| action \\| built \\| tests \\|");
    private static final Pattern ROW = Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\|.*");
    /** Before the names of a part of a protocol, such as {@code Streams: }. */
    private static final Pattern PART = Pattern.compile("^\\w+: ");
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]+");

    private CompatibilityPage() {}

    /** The names of all actions that are built, wholly or in part, with their protocols. */
    static Set<String> builtActions(Path page) throws IOException {
        return builtActions(Files.readAllLines(page));
    }

    static Set<String> builtActions(List<String> lines) {
        Set<String> built = new TreeSet<>();
        String service = "";
        boolean table = false;
        for (String line : lines) {
            Matcher heading = PROTOCOL.matcher(line);
            if (heading.matches()) {
                service = heading.group(1);
            }
            table = TABLE.matcher(line).matches() || (table && line.startsWith("|"));
            if (table) {
                built.addAll(actionsOf(service, line));
            }
        }
        return built;
    }

    private static Set<String> actionsOf(String service, String line) {
        Matcher row = ROW.matcher(line);
        if (!row.matches() || row.group(2).matches("(no\\b|built|-).*")) {
            return Set.of();
        }
        return List.of(PART.matcher(row.group(1)).replaceFirst("").split(",\\s*")).stream()
                .map(name -> new AwsAction(service, named(name)).toString())
                .collect(Collectors.toSet());
    }

    private static String named(String text) {
        String name = text.strip();
        if (!NAME.matcher(name).matches()) {
            throw new AssertionError("docs/compatibility.md: not the name of an action: " + name);
        }
        return name;
    }
}
