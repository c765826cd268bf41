package io.quorate.gateway.cli;

import io.quorate.gateway.config.ServerFlags;

/** What a command line asks for. */
public sealed interface Invocation {
    /** Print the help text. */
    record Help() implements Invocation {}

    /** Print the version. */
    record Version() implements Invocation {}

    /**
     * Run the server.
     *
     * @param flags what was said on the command line
     */
    record Server(ServerFlags flags) implements Invocation {}

    /**
     * The command line means nothing.
     *
     * @param sentence what is wrong with it
     */
    record Mistake(String sentence) implements Invocation {}
}
