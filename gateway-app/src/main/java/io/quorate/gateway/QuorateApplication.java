package io.quorate.gateway;

import io.quorate.gateway.cli.CommandLine;
import io.quorate.gateway.cli.Invocation;
import io.quorate.gateway.cli.StartFailures;
import io.quorate.gateway.cli.StartNotice;
import io.quorate.gateway.cli.Texts;
import io.quorate.gateway.config.ConfigException;
import io.quorate.gateway.config.ServerFlags;
import io.quorate.gateway.config.ServerSettings;
import io.quorate.gateway.config.SettingsReader;
import io.quorate.gateway.operate.AdminCommand;
import io.quorate.gateway.operate.AdminRun;
import io.quorate.gateway.operate.ClusterCommand;
import io.quorate.gateway.operate.ClusterRun;
import io.quorate.gateway.training.TrainingRun;
import io.quorate.gateway.wiring.QuorateServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process. Exit codes: 0 it did what was asked, 1 the server could not start or stopped itself,
 * 2 the command line or a setting is wrong.
 */
public final class QuorateApplication {
    /** Set, the server asks itself a few requests and ends: what the start-up cache is made from. */
    private static final String TRAINING = "quorate.training";

    private static final int FAILED = 1;
    private static final int MISTAKEN = 2;

    private QuorateApplication() {}

    public static void main(String[] arguments) {
        switch (CommandLine.parse(List.of(arguments))) {
            case Invocation.Help help -> System.out.print(Texts.help());
            case Invocation.HelpOf(String command) -> System.out.print(Texts.help(command));
            case Invocation.Admin(AdminCommand command) -> System.exit(
                    new AdminRun(System.getenv(), System.out, System.err).run(command));
            case Invocation.Cluster(ClusterCommand command) -> cluster(command);
            case Invocation.Version version -> System.out.println(Texts.version());
            case Invocation.Mistake mistake -> end(MISTAKEN, mistake.sentence());
            case Invocation.Server server -> serve(server.flags());
        }
    }

    private static void cluster(ClusterCommand command) {
        try {
            System.exit(new ClusterRun(command, QuorateApplication.class.getName(), System.out)
                    .run());
        } catch (IOException e) {
            end(FAILED, "The nodes could not be started below " + command.data() + ": "
                    + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A node of {@code quorate cluster} does not outlive it. */
    private static void endWithSupervisor() {
        String pid = System.getProperty(ClusterRun.SUPERVISOR);
        if (pid == null) {
            return;
        }
        Optional<ProcessHandle> supervisor = ProcessHandle.of(Long.parseLong(pid));
        if (supervisor.isEmpty()) {
            System.exit(0);
        }
        CompletableFuture<Void> unused = supervisor.orElseThrow().onExit()
                .thenRun(() -> System.exit(0));
    }

    private static void serve(ServerFlags flags) {
        try {
            endWithSupervisor();
            ServerSettings settings = SettingsReader.read(flags, System.getenv());
            QuorateServer server = QuorateServer.start(settings, QuorateApplication::failStop);
            if (Boolean.getBoolean(TRAINING)) {
                TrainingRun.against(server.port(), settings.access());
                server.close();
                return;
            }
            server.closeOnShutdown();
            System.out.print(StartNotice.of(settings, server.port(), server.managementPort(),
                    sinceStart()));
        } catch (ConfigException e) {
            end(MISTAKEN, e.sentence());
        } catch (RuntimeException | Error e) {
            StartFailures.sentence(e).ifPresentOrElse(sentence -> end(FAILED, sentence), () -> {
                logger().error("start failed", e);
                end(FAILED, "The server could not start: " + e.getClass().getSimpleName() + ".");
            });
        }
    }

    /** The disk failed under the server: only a new process knows what really is on it. */
    private static void failStop(String sentence) {
        System.err.println("quorate: " + sentence);
        // Not on the thread that failed: the shutdown waits for it.
        Thread.ofPlatform().name("fail-stop").start(() -> System.exit(FAILED));
    }

    private static void end(int code, String sentence) {
        System.err.println("quorate: " + sentence);
        System.exit(code);
    }

    private static Duration sinceStart() {
        // Not the process's: the launcher may have built in it before it became this JVM.
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    // Not a field: help and version need no logging.
    private static Logger logger() {
        return LoggerFactory.getLogger(QuorateApplication.class);
    }
}
