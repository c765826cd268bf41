package io.quorate.kv.member;

import io.quorate.kv.Deadline;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings a node with an empty data directory into a cluster: greets its peers until it knows that they
 * found one together, or finds one that lets it in. Blocks; for one thread.
 */
public final class ClusterEntry {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterEntry.class);
    private static final Duration GREET = Duration.ofSeconds(1);
    private static final Duration ASK = Duration.ofSeconds(3);
    private static final long PAUSE_MILLIS = 200;
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RaftMember self;
    private final Map<String, String> peers;
    private final PeerLink link;
    /** Never counted down: a pause that an interrupt ends. */
    private final CountDownLatch pause = new CountDownLatch(1);
    private final Consumer<String> waits;
    private String waitingFor = "";
    private long reported;

    /**
     * @param peers addresses by name, this node's own among them if it is to be a founder
     * @param waits told what is waited for, in a few words, when that changes
     */
    public ClusterEntry(RaftMember self, Map<String, String> peers, PeerLink link,
            Consumer<String> waits) {
        this.waits = waits;
        this.self = self;
        this.peers = new TreeMap<>(peers);
        this.link = link;
    }

    /** The node found no way into a cluster; the message is one sentence for an operator. */
    public static final class NoEntryException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String sentence;

        NoEntryException(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }

        /** Why, and what to do. */
        public String sentence() {
            return sentence;
        }
    }

    /**
     * The cluster that this node is to belong to. Nothing is written down yet.
     *
     * @throws NoEntryException if the command lines do not fit together, or when patience ends
     */
    public Founded find(Duration patience) throws NoEntryException, InterruptedException {
        Deadline deadline = Deadline.after(patience);
        while (!deadline.hasPassed()) {
            Map<String, Greeting> heard = greetAll();
            Optional<Founded> found = switch (Founding.decide(self, peers.keySet(), heard)) {
                case Founding.Found(Founded cluster) -> Optional.of(cluster);
                case Founding.Join(UUID cluster) -> askToJoin(cluster, heard);
                case Founding.Wait(List<String> missing) -> {
                    waitFor("node " + String.join(", ", missing) + " to answer");
                    yield Optional.empty();
                }
                case Founding.Refuse(String sentence) -> throw new NoEntryException(sentence);
            };
            if (found.isPresent()) {
                return found.get();
            }
            boolean interrupted = pause.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            if (interrupted) {
                throw new IllegalStateException("nobody ends the pause");
            }
        }
        throw new NoEntryException("The node waited " + patience.toSeconds() + " s for "
                + waitingFor + "; start the other nodes, or correct --peers.");
    }

    private void waitFor(String what) {
        boolean due = reported == 0 || System.nanoTime() - reported > REPORT_NANOS;
        if (due || !what.equals(waitingFor)) {
            reported = System.nanoTime();
            LOG.info("waiting for {}", what);
        }
        if (!what.equals(waitingFor)) {
            waits.accept(what);
        }
        waitingFor = what;
    }

    private Map<String, Greeting> greetAll() throws InterruptedException {
        Map<String, Greeting> heard = new TreeMap<>();
        List<Map.Entry<String, Greeting>> answers = await(Flux.fromIterable(peers.entrySet())
                .filter(peer -> !peer.getKey().equals(self.nodeId()))
                .flatMap(this::greet, Math.max(1, peers.size())).collectList(),
                GREET.plus(GREET)).orElse(List.of());
        answers.forEach(answer -> heard.put(answer.getKey(), answer.getValue()));
        return heard;
    }

    private Mono<Map.Entry<String, Greeting>> greet(Map.Entry<String, String> peer) {
        return link.greet(peer.getValue()).contextWrite(Deadline.after(GREET)::into)
                .map(greeting -> Map.entry(peer.getKey(), greeting))
                .onErrorResume(unreachable -> {
                    LOG.debug("peer does not answer node={} address={}", peer.getKey(),
                            peer.getValue(), unreachable);
                    return Mono.empty();
                });
    }

    /** Asks whoever has the cluster, and then the leader that it names. */
    private Optional<Founded> askToJoin(UUID cluster, Map<String, Greeting> heard)
            throws NoEntryException, InterruptedException {
        List<String> insiders = heard.entrySet().stream()
                .filter(answer -> answer.getValue().cluster().isPresent())
                .map(answer -> peers.getOrDefault(answer.getKey(), "")).toList();
        for (String insider : insiders) {
            Optional<Reply> reply = ask(insider);
            if (reply.orElse(null) instanceof Reply.Elsewhere(var leader, var address)
                    && address.isPresent()) {
                reply = ask(address.get());
            }
            Optional<Founded> found = reply.isEmpty()
                    ? Optional.empty()
                    : take(cluster, reply.get());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Reply> ask(String address) throws InterruptedException {
        return await(link.ask(address, new Ask.Join(link.address(), false).encode())
                .map(Reply::decode).contextWrite(Deadline.after(ASK)::into), ASK.plus(GREET));
    }

    private Optional<Founded> take(UUID cluster, Reply reply) throws NoEntryException {
        return switch (reply) {
            case Reply.Welcome(UUID which, List<MemberRow> members, boolean isVoter) -> {
                if (!which.equals(cluster)) {
                    throw new NoEntryException("The nodes of --peers belong to different"
                            + " clusters; give the peers of one cluster.");
                }
                yield Optional.of(new Founded(which,
                        members.stream().map(MemberRow::who).toList()));
            }
            case Reply.Removed removed -> throw new NoEntryException("This node was removed"
                    + " from its cluster; empty its data directory to let it join again.");
            case Reply.Refused(String sentence) -> waiting("being let in: " + sentence);
            case Reply.Later(String why) -> waiting("being let in: " + why);
            case Reply.Elsewhere elsewhere -> waiting("the cluster to have a leader");
            case Reply.Done done -> Optional.empty();
            case Reply.Told told -> Optional.empty();
        };
    }

    private Optional<Founded> waiting(String what) {
        waitFor(what);
        return Optional.empty();
    }

    private static <T> Optional<T> await(Mono<T> mono, Duration patience)
            throws InterruptedException {
        try {
            return Optional.ofNullable(
                    mono.toFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException noAnswer) {
            LOG.debug("no answer", noAnswer);
            return Optional.empty();
        }
    }
}
