package io.quorate.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts the launcher script prints too: both read the same files. */
public final class Texts {
    private Texts() {}

    /** The help text, ending with a line feed. */
    public static String help() {
        return read("help.txt");
    }

    /** The help text of a command of its own, ending with a line feed. */
    public static String help(String command) {
        return read("help-" + command + ".txt");
    }

    /** The version, such as 0.1.0. */
    public static String version() {
        return read("version.txt").strip();
    }

    private static String read(String name) {
        try (InputStream in = Texts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
