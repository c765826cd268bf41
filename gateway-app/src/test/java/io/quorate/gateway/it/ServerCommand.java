package io.quorate.gateway.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that starts the program from the classes of this build, as the launcher would. */
public final class ServerCommand {
    private ServerCommand() {}

    /**
     * The words of the command.
     *
     * @param options of the virtual machine
     * @param arguments of the program
     */
    public static List<String> java(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED",
                "-Dcom.hazelcast.clock.impl=io.quorate.kv.raft.hazelcast.MonotonicHazelcastClock",
                "-Dhazelcast.logging.type=slf4j", "-cp", classPath(),
                "io.quorate.gateway.QuorateApplication"));
        command.addAll(arguments);
        return command;
    }

    /** The surefire booter hides the class path in a manifest and tells the real one by property. */
    private static String classPath() {
        String real = System.getProperty("surefire.real.class.path",
                System.getProperty("java.class.path"));
        return System.getProperty("surefire.test.class.path", real);
    }
}
