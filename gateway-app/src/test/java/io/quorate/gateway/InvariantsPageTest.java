package io.quorate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/invariants.md says enforces a rule is there. */
class InvariantsPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/invariants.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    /** A class, a class and its method, or a method of the class named last. */
    private static final Pattern NAME = Pattern
            .compile("(?:([A-Z]\\w*)(?:\\.([a-z]\\w*))?|\\.?([a-z]\\w*))(?:\\(\\))?");
    private static final Pattern TYPE = Pattern
            .compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> sources = sourcesByType();
        List<String> missing = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("|")) {
                missing.addAll(missing(line, sources));
            }
        }

        assertThat(sources).containsKey("InvariantsPageTest");
        assertThat(missing).isEmpty();
    }

    @Test
    void namesThatAreNotThereAreFound() {
        Map<String, String> sources = Map.of("ATest", "void aThing() {}");

        assertThat(missing("| a rule | `ATest`, `ATest.aThing`, `.aThing`, `aThing` |", sources))
                .isEmpty();
        assertThat(missing("| a rule | `BTest` |", sources)).containsExactly("BTest");
        assertThat(missing("| a rule | `ATest.another`, `.third` |", sources))
                .containsExactly("ATest.another", "ATest.third");
    }

    private static List<String> missing(String line, Map<String, String> sources) {
        List<String> missing = new ArrayList<>();
        String type = "";
        for (String code : CODE.matcher(lastCell(line)).results().map(found -> found.group(1))
                .toList()) {
            Matcher name = NAME.matcher(code);
            if (!name.matches()) {
                continue;
            }
            MatchResult parts = name.toMatchResult();
            type = parts.group(1) == null ? type : parts.group(1);
            String method = parts.group(2) == null ? parts.group(3) : parts.group(2);
            String source = sources.getOrDefault(type, "");
            if (source.isEmpty()) {
                missing.add(type);
            } else if (method != null && !source.contains(" " + method + "(")) {
                missing.add(type + "." + method);
            }
        }
        return missing;
    }

    private static String lastCell(String line) {
        String row = line.strip().replaceAll("\\|$", "");
        return row.substring(row.lastIndexOf(" | ") + 1);
    }

    private static Map<String, String> sourcesByType() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.filter(path -> Files.isDirectory(path.resolve("src")))
                    .toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(InvariantsPageTest::read)
                            .forEach(text -> TYPE.matcher(text).results()
                                    .forEach(type -> sources.merge(type.group(1), text,
                                            String::concat)));
                }
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
