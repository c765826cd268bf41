package io.quorate.gateway.cli;

import io.quorate.gateway.config.ServerFlags;
import io.quorate.gateway.operate.AdminCommand;
import io.quorate.gateway.operate.ClusterCommand;

/** What a command line asks for. */
public sealed interface Invocation {
    /** Print the help text. */
    record Help() implements Invocation {}

    /**
     * Print the help text of one command.
     *
     * @param command its name
     */
    record HelpOf(String command) implements Invocation {}

    /**
     * Ask a cluster for something.
     *
     * @param command what
     */
    record Admin(AdminCommand command) implements Invocation {}

    /**
     * Run a cluster on this machine.
     *
     * @param command of how many nodes, and where
     */
    record Cluster(ClusterCommand command) implements Invocation {}

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
