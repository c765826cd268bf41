package io.quorate.kv.raft.hazelcast;

import io.quorate.kv.raft.hazelcast.wire.MessageType;
import io.quorate.kv.raft.hazelcast.wire.RaftMessage;
import io.quorate.kv.raft.hazelcast.wire.RaftMessageCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * An in-process network between members, on which a test decides by link and by message type what is dropped, held,
 * delayed, repeated or overtaken. Safe for any thread if its scheduler is.
 */
public final class Firewall {
    /** A message on its way. */
    @SuppressWarnings("ArrayRecordComponent") // shown to rules, never compared
    public record Envelope(String from, String to, int groupId, MessageType type, byte[] bytes) {
        /** The message itself. */
        public RaftMessage message() {
            return RaftMessageCodec.decode(bytes);
        }
    }

    /** Chances of mishap for every message. */
    public record Weather(double drop, double repeat, Duration shortest, Duration longest) {
        /** Nothing happens but a millisecond's tenth on the way. */
        public static Weather calm() {
            return new Weather(0, 0, Duration.ofNanos(100_000), Duration.ofNanos(100_000));
        }
    }

    /** A rule that is in force until lifted. */
    public final class Rule {
        private final Predicate<Envelope> matches;
        private final List<Envelope> caught = new CopyOnWriteArrayList<>();

        private Rule(Predicate<Envelope> matches) {
            this.matches = matches;
            rules.add(this);
        }

        /** What it has caught. */
        public List<Envelope> caught() {
            return List.copyOf(caught);
        }

        /** Ends the rule; what it caught stays caught. */
        public void lift() {
            rules.remove(this);
        }

        /** Delivers what was caught, in the given order of arrival, and keeps the rule. */
        public void release() {
            List<Envelope> now = new ArrayList<>(caught);
            caught.clear();
            now.forEach(envelope -> deliver(envelope, Duration.ZERO));
        }
    }

    private final BiConsumer<Runnable, Duration> scheduler;
    private final RandomGenerator random;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<String, Map<Integer, RaftTransport.Receiver>> receivers = new ConcurrentHashMap<>();
    private final Set<String> cutLinks = ConcurrentHashMap.newKeySet();
    private final List<Consumer<Envelope>> observers = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile Weather weather = Weather.calm();
    private volatile Predicate<Envelope> weatherHits = envelope -> true;

    /**
     * @param scheduler runs deliveries after a delay
     * @param random    decides on mishaps
     */
    public Firewall(BiConsumer<Runnable, Duration> scheduler, RandomGenerator random) {
        this.scheduler = scheduler;
        this.random = random;
    }

    /** The transport of one node. */
    public RaftTransport transportOf(String nodeId) {
        return new RaftTransport() {
            @Override
            public void send(String target, int groupId, byte[] message) {
                accept(new Envelope(nodeId, target, groupId, MessageType.of(message), message));
            }

            @Override
            public Registration register(int groupId, Receiver receiver) {
                Map<Integer, Receiver> mine = receivers.computeIfAbsent(nodeId,
                        key -> new ConcurrentHashMap<>());
                mine.put(groupId, receiver);
                return () -> mine.remove(groupId, receiver);
            }
        };
    }

    /** Keeps what matches back; nothing of it arrives unless the rule releases it. */
    public Rule hold(Predicate<Envelope> matches) {
        return new Rule(matches);
    }

    /** Keeps these types back on this link. */
    public Rule hold(String from, String to, MessageType first, MessageType... rest) {
        Set<MessageType> types = EnumSet.of(first, rest);
        return hold(envelope -> envelope.from().equals(from) && envelope.to().equals(to)
                && types.contains(envelope.type()));
    }

    /** Cuts the link in one direction. */
    public void cut(String from, String to) {
        cutLinks.add(from + ">" + to);
    }

    /** Restores the link in one direction. */
    public void restore(String from, String to) {
        cutLinks.remove(from + ">" + to);
    }

    /** Restores all links and calms the weather; rules stay. */
    public void heal() {
        cutLinks.clear();
        weather = Weather.calm();
    }

    /** Sets the chances of mishap for messages that match. */
    public void weather(Weather now, Predicate<Envelope> hits) {
        weather = now;
        weatherHits = hits;
    }

    /** Delivers a message that no member sent just now, for instance one that was seen long ago. */
    public void inject(Envelope envelope) {
        deliver(envelope, Duration.ZERO);
    }

    /** Hands the receiver a message now, inside this call. */
    public void ask(String from, String to, RaftMessage message) {
        RaftTransport.Receiver receiver = receivers.getOrDefault(to, Map.of()).get(0);
        if (receiver != null) {
            receiver.receive(from, RaftMessageCodec.encode(message));
        }
    }

    /** Shows every message to the observer as it is sent, before any rule. */
    public void observe(Consumer<Envelope> observer) {
        observers.add(observer);
    }

    /** Messages sent so far. */
    public long sent() {
        return sent.get();
    }

    private void accept(Envelope envelope) {
        sent.incrementAndGet();
        observers.forEach(observer -> observer.accept(envelope));
        if (cutLinks.contains(envelope.from() + ">" + envelope.to())) {
            return;
        }
        for (Rule rule : rules) {
            if (rule.matches.test(envelope)) {
                rule.caught.add(envelope);
                return;
            }
        }
        Weather now = weatherHits.test(envelope) ? weather : Weather.calm();
        if (now.drop() > 0 && random.nextDouble() < now.drop()) {
            return;
        }
        deliver(envelope, delay(now));
        if (now.repeat() > 0 && random.nextDouble() < now.repeat()) {
            deliver(envelope, delay(now));
        }
    }

    private Duration delay(Weather now) {
        long spread = now.longest().toNanos() - now.shortest().toNanos();
        return spread == 0 ? now.shortest() : now.shortest().plusNanos(random.nextLong(spread));
    }

    private void deliver(Envelope envelope, Duration delay) {
        scheduler.accept(() -> {
            RaftTransport.Receiver receiver = receivers.getOrDefault(envelope.to(), Map.of())
                    .get(envelope.groupId());
            if (receiver != null) {
                receiver.receive(envelope.from(), envelope.bytes());
            }
        }, delay);
    }
}
