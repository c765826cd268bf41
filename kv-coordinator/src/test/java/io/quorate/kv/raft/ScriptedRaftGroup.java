package io.quorate.kv.raft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A group without consensus: it does what the test says. It starts as a serving leader of term 1
 * with three voters of which none answers, and holds every proposal until told what becomes of it.
 * Safe for any thread; callbacks run on the thread that scripts them.
 */
public final class ScriptedRaftGroup implements RaftGroup {
    /** This member's node id. */
    public static final String SELF = "a";

    private volatile Optional<String> transferredTo = Optional.empty();

    /** What applies entries; the default returns the entry itself. */
    @FunctionalInterface
    public interface Application {
        /** Applies an entry. */
        Object apply(long index, byte[] entry);
    }

    private final ScriptedConfirms confirms = new ScriptedConfirms();
    private final List<LeadershipListener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Held> held = new ArrayDeque<>();
    private final List<byte[]> log = new ArrayList<>();
    private final TreeMap<Long, List<Runnable>> applyWaiters = new TreeMap<>();
    private Application application = (index, entry) -> entry;
    private boolean committing;
    private boolean applyPaused;
    private volatile Leadership leadership = new Leadership(1, Leadership.Role.LEADER,
            Optional.of(SELF), true, false, List.of(SELF, "b", "c"));
    private volatile long commitIndex;
    private volatile long appliedIndex;

    // ---- the script

    /** A group whose only voter is this member, which commits by itself. */
    public static ScriptedRaftGroup solo() {
        ScriptedRaftGroup group = new ScriptedRaftGroup();
        group.become(new Leadership(1, Leadership.Role.LEADER, Optional.of(SELF), true, false,
                List.of(SELF)));
        group.commitByItself(true);
        return group;
    }

    /** How entries are applied from now on. */
    public synchronized ScriptedRaftGroup applying(Application newApplication) {
        application = newApplication;
        return this;
    }

    /** Whether proposals are committed at once from now on. */
    public void commitByItself(boolean commits) {
        synchronized (this) {
            committing = commits;
        }
        if (commits) {
            commitAll();
        }
    }

    /** Publishes a leadership and tells the listeners. */
    public void become(Leadership now) {
        leadership = now;
        listeners.forEach(listener -> listener.changed(now));
    }

    /** This member leads in a new term. */
    public void lead(long term, boolean serving) {
        become(new Leadership(term, Leadership.Role.LEADER, Optional.of(SELF), serving, false,
                leadership.voters()));
    }

    /** This member follows another in a new term; what it held has an unknown outcome. */
    public void stepDown(long term, String leader) {
        become(new Leadership(term, Leadership.Role.FOLLOWER, Optional.of(leader), false, false,
                leadership.voters()));
        failAll(new RaftFailure.OutcomeUnknown());
    }

    /** This member begins or gives up to hand leadership over. */
    public void transferring(boolean transferring) {
        Leadership now = leadership;
        become(new Leadership(now.term(), now.role(), now.leader(), now.serving(), transferring,
                now.voters()));
    }

    /** The group stops. */
    public void poison() {
        become(new Leadership(leadership.term(), Leadership.Role.POISONED, Optional.empty(), false,
                false, leadership.voters()));
        failAll(new RaftFailure.OutcomeUnknown());
    }

    /** Commits and applies the oldest held proposal; false if there is none. */
    public boolean commitNext() {
        Held next;
        long index;
        Object applied;
        synchronized (this) {
            next = held.poll();
            if (next == null) {
                return false;
            }
            log.add(next.entry);
            index = log.size();
            commitIndex = index;
            applied = application.apply(index, next.entry);
        }
        applyUpTo(index);
        next.callback.committed(index, applied);
        return true;
    }

    /** Commits all held proposals, those that are made meanwhile too. */
    public void commitAll() {
        boolean committed = commitNext();
        while (committed) {
            committed = commitNext();
        }
    }

    /** Commits and applies the oldest held proposal, and says that nothing is known of it. */
    public boolean commitNextUnheard() {
        synchronized (this) {
            Held next = held.peek();
            if (next == null) {
                return false;
            }
            log.add(next.entry);
            commitIndex = log.size();
            application.apply(log.size(), next.entry);
        }
        return failNext(new RaftFailure.OutcomeUnknown());
    }

    /** Fails the oldest held proposal; false if there is none. */
    public boolean failNext(RaftFailure failure) {
        Held next;
        synchronized (this) {
            next = held.poll();
        }
        if (next != null) {
            next.callback.failed(failure);
        }
        return next != null;
    }

    /** Fails all that is held now. */
    public void failAll(RaftFailure failure) {
        int count;
        synchronized (this) {
            count = held.size();
        }
        for (int i = 0; i < count; i++) {
            failNext(failure);
        }
    }

    /** Raises the commit index without applying anything. */
    public void commitWithoutApply(long index) {
        applyPaused = true;
        commitIndex = index;
    }

    /** Applies up to the index. */
    public void applyUpTo(long index) {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            if (applyPaused && index < commitIndex) {
                return;
            }
            appliedIndex = Math.max(appliedIndex, index);
            var reached = applyWaiters.headMap(index, true);
            reached.values().forEach(due::addAll);
            reached.clear();
        }
        due.forEach(Runnable::run);
    }

    /** How many proposals are held. */
    public synchronized int held() {
        return held.size();
    }

    /** What was committed, in order. */
    public synchronized List<byte[]> log() {
        return List.copyOf(log);
    }

    /** How many actions wait for apply. */
    public synchronized int applyWaiters() {
        return applyWaiters.values().stream().mapToInt(List::size).sum();
    }

    // ---- the port

    @Override
    public int groupId() {
        return 0;
    }

    @Override
    public String self() {
        return SELF;
    }

    @Override
    public Leadership leadership() {
        return leadership;
    }

    @Override
    public void onLeadershipChange(LeadershipListener listener) {
        listeners.add(listener);
    }

    @Override
    public void propose(long term, byte[] entry, ProposalCallback callback) {
        Leadership now = leadership;
        if (!now.isLeader() || now.term() != term) {
            callback.failed(new RaftFailure.NotLeader(now.leader()));
            return;
        }
        if (now.transferring()) {
            callback.failed(new RaftFailure.LeadershipTransferInProgress());
            return;
        }
        boolean commit;
        synchronized (this) {
            held.add(new Held(entry, callback));
            commit = committing;
        }
        if (commit) {
            commitAll();
        }
    }

    @Override
    public long commitIndex() {
        return commitIndex;
    }

    @Override
    public long appliedIndex() {
        return appliedIndex;
    }

    @Override
    public Registration whenApplied(long index, Runnable action) {
        synchronized (this) {
            if (appliedIndex < index) {
                applyWaiters.computeIfAbsent(index, i -> new ArrayList<>()).add(action);
                return () -> forget(index, action);
            }
        }
        action.run();
        return () -> {};
    }

    @Override
    public ScriptedConfirms confirms() {
        return confirms;
    }

    @Override
    public void transferLeadership(String target, ProposalCallback callback) {
        transferredTo = Optional.of(target);
        transferring(true);
    }

    /** Whom leadership was last to be handed to. */
    public Optional<String> transferredTo() {
        return transferredTo;
    }

    private synchronized void forget(long index, Runnable action) {
        List<Runnable> actions = applyWaiters.get(index);
        if (actions != null && actions.remove(action) && actions.isEmpty()) {
            applyWaiters.remove(index);
        }
    }

    /** A proposal that waits for its fate. */
    private static final class Held {
        private final byte[] entry;
        private final ProposalCallback callback;

        Held(byte[] entry, ProposalCallback callback) {
            this.entry = entry;
            this.callback = callback;
        }
    }
}
