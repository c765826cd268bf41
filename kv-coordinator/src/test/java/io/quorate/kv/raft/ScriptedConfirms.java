package io.quorate.kv.raft;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A {@link ConfirmChannel} whose peers answer as the test says. Safe for any thread. */
public final class ScriptedConfirms implements ConfirmChannel {
    /** A question that was sent. */
    public record Question(long term, long round) {}

    private static final int REMEMBERED = 1000;

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final AtomicLong broadcasts = new AtomicLong();
    private volatile List<String> answering = List.of();

    /** These peers answer every question at once from now on; the others never. */
    public void letAnswer(String... peers) {
        answering = List.of(peers);
    }

    /** A peer's answer arrives. */
    public void answer(String peer, long term, long round) {
        listeners.forEach(listener -> listener.confirmed(peer, term, round));
    }

    /** The first questions that were sent, in order. */
    public List<Question> questions() {
        return List.copyOf(questions);
    }

    /** How many questions were sent. */
    public long broadcasts() {
        return broadcasts.get();
    }

    @Override
    public void broadcast(long term, long round) {
        if (broadcasts.getAndIncrement() < REMEMBERED) {
            questions.add(new Question(term, round));
        }
        answering.forEach(peer -> answer(peer, term, round));
    }

    @Override
    public void onConfirmed(Listener listener) {
        listeners.add(listener);
    }
}
