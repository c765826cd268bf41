package io.quorate.gateway.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads the file given with {@code --config}: one YAML mapping of plain values, no type tags, no
 * aliases, no key twice.
 */
final class SettingsFile {
    static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 8;

    private SettingsFile() {}

    static Map<String, Object> read(Path file) {
        Object content = parse(file, text(file));
        if (content == null) {
            return Map.of();
        }
        if (!(content instanceof Map<?, ?> map)) {
            throw new ConfigException(file + " must hold one YAML mapping of settings.");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                values.put(String.valueOf(key), value);
            }
        });
        return values;
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException(
                        file + " is longer than the " + MAX_BYTES + " bytes a file may have.");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ConfigException("There is no file " + file + " to read settings from.");
        } catch (IOException e) {
            throw new ConfigException("Cannot read the settings in " + file + ": "
                    + e.getClass().getSimpleName() + ".");
        }
    }

    private static @Nullable Object parse(Path file, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_BYTES);
        try {
            DumperOptions unused = new DumperOptions();
            return new Yaml(new SafeConstructor(options), new Representer(unused), unused, options,
                    new TextsOnly()).load(text);
        } catch (MarkedYAMLException e) {
            // The message itself quotes the line, which may hold a secret: only its number is told.
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new ConfigException(file + " is not valid YAML: see line " + line + ".");
        } catch (YAMLException e) {
            throw new ConfigException(file + " is not valid YAML.");
        }
    }

    /** Takes every scalar as written: YAML 1.1 reads 000000000000 as an octal number, no as false. */
    private static final class TextsOnly extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }
}
