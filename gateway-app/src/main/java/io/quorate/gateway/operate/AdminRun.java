package io.quorate.gateway.operate;

import io.quorate.gateway.config.ConfigException;
import io.quorate.gateway.config.IdentitySettings;
import io.quorate.gateway.config.KeySettings;
import io.quorate.gateway.config.ServerFlags;
import io.quorate.gateway.config.ServerSettings;
import io.quorate.gateway.config.SettingsReader;
import io.quorate.kv.ClusterStatus;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.node.NodeStartException;
import io.quorate.kv.node.UnsafeRecovery;
import io.quorate.kv.peer.PeerAddress;
import io.quorate.kv.peer.PeerSecurity;
import io.quorate.kv.peer.service.AdminClient;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Carries one command out and says how it went. Exit codes: 0 done, 1 not done, 2 the command line or a
 * setting is wrong.
 */
public final class AdminRun {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISTAKEN = 2;
    /** The answer's way back after the deadline. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    /** @param environment where the operator's access key is */
    public AdminRun(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Runs a command and returns the exit code. */
    public int run(AdminCommand command) {
        return switch (command) {
            case AdminCommand.Status(var target) -> ask(target, client -> client.status()
                    .map(StatusTable::of));
            case AdminCommand.Add(var target, String node, String address) -> ask(target,
                    client -> client.add(node, address)
                            .thenReturn("Node " + node + " is a member.\n"));
            case AdminCommand.Remove(var target, String node) -> ask(target,
                    client -> client.remove(node).thenReturn("Node " + node
                            + " is a member no more; its process stops by itself.\n"));
            case AdminCommand.CancelRemoval(var target, String node) -> ask(target,
                    client -> client.cancelRemoval(node)
                            .thenReturn("Node " + node + " is not being removed.\n"));
            case AdminCommand.Transfer(var target, Optional<String> node) -> ask(target,
                    client -> client.transfer(node).then(client.status())
                            .map(AdminRun::leads));
            case AdminCommand.UnsafeRecover recover -> recover(recover);
        };
    }

    private static String leads(ClusterStatus status) {
        return status.leader().map(leader -> "Node " + leader + " leads.\n")
                .orElse("No leader is known yet.\n");
    }

    private int ask(AdminCommand.Target target, Function<AdminClient, Mono<String>> work) {
        try {
            ServerSettings settings = settings(target);
            KeySettings key = key(settings);
            try (AdminClient client = new AdminClient(PeerAddress.parse(target.node()),
                    security(settings), OperatorSignature.with(key, Clock.systemUTC(),
                            new SecureRandom()))) {
                out.print(await(work.apply(client), target.timeout()));
                return DONE;
            }
        } catch (ConfigException e) {
            return end(MISTAKEN, e.sentence());
        } catch (IllegalArgumentException e) {
            return end(MISTAKEN, "Node " + target.node() + " cannot be asked: " + e.getMessage()
                    + ".");
        } catch (KvException e) {
            return end(FAILED, sentence(e.failure()));
        } catch (AdminClient.UnreachableException e) {
            return end(FAILED, "No node answers at " + target.node()
                    + ", or it knows no leader; name another with --node.");
        } catch (AdminClient.RefusedCallerException e) {
            return end(FAILED, "The node at " + target.node() + " does not accept the access key "
                    + "or certificate; set QUORATE_ACCESS_KEY and QUORATE_SECRET_KEY, or"
                    + " --config.");
        } catch (TimeoutException e) {
            return end(FAILED, "The node at " + target.node() + " did not answer in time.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return end(FAILED, "Interrupted.");
        }
    }

    private ServerSettings settings(AdminCommand.Target target) {
        Map<ServerFlags.Flag, String> flags = target.config()
                .map(file -> Map.of(ServerFlags.Flag.CONFIG, file.toString())).orElse(Map.of());
        return SettingsReader.read(new ServerFlags(flags), environment);
    }

    private static KeySettings key(ServerSettings settings) {
        return settings.access().identities().stream()
                .filter(identity -> identity.grant() instanceof IdentitySettings.Grant.Admin)
                .flatMap(identity -> identity.keys().stream()).findFirst()
                .orElseThrow(() -> new ConfigException(
                        "No identity of the settings may administer the cluster."));
    }

    private static PeerSecurity security(ServerSettings settings) {
        return PeerTrust.of(settings.peers().security());
    }

    private static <T> T await(Mono<T> work, Duration timeout)
            throws TimeoutException, InterruptedException {
        try {
            return work.contextWrite(Deadline.after(timeout)::into).toFuture()
                    .get(timeout.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }

    private static String sentence(KvFailure failure) {
        return switch (failure) {
            case KvFailure.Refused(String reason) -> reason;
            case KvFailure.OutcomeUnknown unknown -> "It may have been done or not; ask again.";
            case KvFailure.DeadlineExceeded late -> "Not done in time; ask again with a longer"
                    + " --timeout.";
            case KvFailure.NoLeader none -> "The cluster has no leader now.";
            case KvFailure.NotLeader other -> "The cluster has no leader now.";
            case KvFailure.LeadershipTransferInProgress moving ->
                "Leadership is being handed over; ask again.";
            case KvFailure.Overloaded(String bound) -> "The node is overloaded (" + bound + ").";
            case KvFailure.Poisoned(String reason) -> "The node has stopped: " + reason + ".";
            case KvFailure.DiskFull full -> "The node's disk is full.";
            case KvFailure.ConditionFailed condition -> "It was refused.";
            case KvFailure.WriteConflict conflict -> "Something else changed meanwhile; ask again.";
            case KvFailure.ReadTooOld old -> "It was refused.";
        };
    }

    private int recover(AdminCommand.UnsafeRecover command) {
        if (!command.confirmed()) {
            return end(MISTAKEN, UnsafeRecovery.WARNING.formatted(command.data()));
        }
        try {
            UnsafeRecovery.Recovered done = UnsafeRecovery.run(command.data());
            out.printf("Node %s is now a cluster of its own, %s, at log index %d.%n"
                    + "Start it as before; empty the data directories of the other nodes and"
                    + " start them, and they join.%n", done.nodeId(), done.cluster(),
                    done.index());
            return DONE;
        } catch (NodeStartException e) {
            return end(FAILED, e.failure().sentence());
        }
    }

    private int end(int code, String sentence) {
        err.println("quorate: " + sentence);
        return code;
    }
}
