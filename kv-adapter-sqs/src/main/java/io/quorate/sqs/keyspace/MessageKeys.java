package io.quorate.sqs.keyspace;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.kv.keyspace.KeyReader;
import io.quorate.sqs.model.Place;
import io.quorate.sqs.model.QueueDefinition;
import java.util.List;
import java.util.UUID;

/**
 * The keys of the messages of one epoch of a queue.
 *
 * @param route the queue's route
 * @param queue its id
 * @param epoch its epoch
 */
public record MessageKeys(int route, UUID queue, int epoch) {
    private static final int PLACE = 22;
    private static final int CONTENT = 23;
    private static final int TIMER = 24;
    private static final int COUNTER = 25;
    private static final int DUPLICATE = 26;
    private static final int FORGETTING = 27;
    /** After kind, route, id and epoch. */
    private static final int FIRST = 5;

    /** The keys of a queue's messages. */
    public static MessageKeys of(QueueDefinition queue) {
        return new MessageKeys(QueueKeyspace.route(queue.name()), queue.id(), queue.epoch());
    }

    /** The row of a message's state. */
    public Key place(Place place) {
        return kind(PLACE).add(place.lane()).add(place.sequence()).toKey();
    }

    /** The places of a lane from a sequence number on. */
    public KeyRange places(String lane, long fromSequence) {
        KeyEncoder all = kind(PLACE).add(lane);
        KeyRange whole = all.below();
        return new KeyRange(all.add(fromSequence).toKey(), whole.end());
    }

    /** The places of all lanes. */
    public KeyRange places() {
        return kind(PLACE).below();
    }

    /** The places of the lanes that come after one. */
    public KeyRange placesAfter(String lane) {
        return new KeyRange(kind(PLACE).add(lane).below().end(), places().end());
    }

    /** Where the message of a place row stands. */
    public static Place placeOf(Key place) {
        KeyReader elements = KeyReader.of(place);
        return new Place(elements.text(FIRST), elements.number(FIRST + 1));
    }

    /** The row of what a message says. */
    public Key content(Place place) {
        return kind(CONTENT).add(place.lane()).add(place.sequence()).toKey();
    }

    /** The row that says when a message becomes visible. */
    public Key timer(long millis, Place place) {
        return kind(TIMER).add(millis).add(place.lane()).add(place.sequence()).toKey();
    }

    /** Timers from a moment, inclusive, to another, exclusive. */
    public KeyRange timers(long fromMillis, long toMillis) {
        return new KeyRange(kind(TIMER).add(fromMillis).toKey(),
                kind(TIMER).add(toMillis).toKey());
    }

    /** When the message of a timer row becomes visible. */
    public static long millisOf(Key timer) {
        return KeyReader.of(timer).number(FIRST);
    }

    /** Where the message of a timer row stands. */
    public static Place timedPlaceOf(Key timer) {
        KeyReader elements = KeyReader.of(timer);
        return new Place(elements.text(FIRST + 1), elements.number(FIRST + 2));
    }

    /** The row of a counter. */
    public Key counter(Counter which) {
        return kind(COUNTER).add(which.number()).toKey();
    }

    /** What was done under an id; ids of different scopes are different. */
    public Key duplicate(String scope, String id) {
        return kind(DUPLICATE).add(scope).add(id).toKey();
    }

    /** When that is to be forgotten. */
    public Key forgetting(long millis, String scope, String id) {
        return kind(FORGETTING).add(millis).add(scope).add(id).toKey();
    }

    /** What is to be forgotten before a moment. */
    public KeyRange forgettingBefore(long millis) {
        return new KeyRange(kind(FORGETTING).add(0).toKey(), kind(FORGETTING).add(millis).toKey());
    }

    /** What a forgetting row says is to be forgotten. */
    public Key forgotten(Key forgetting) {
        KeyReader elements = KeyReader.of(forgetting);
        return duplicate(elements.text(FIRST + 1), elements.text(FIRST + 2));
    }

    /** Everything there is of the epoch. */
    public List<KeyRange> everything() {
        return List.of(kind(PLACE).below(), kind(CONTENT).below(), kind(TIMER).below(),
                kind(COUNTER).below(), kind(DUPLICATE).below(), kind(FORGETTING).below());
    }

    /** What is counted. */
    public enum Counter {
        /** All messages and those in flight, in one number. */
        TALLY,
        /** Those that were sent with a delay and have never been visible. */
        DELAYED;

        private long number() {
            return switch (this) {
                case TALLY -> 0;
                case DELAYED -> 1;
            };
        }
    }

    KeyEncoder append(KeyEncoder key) {
        return key.add(queue.getMostSignificantBits()).add(queue.getLeastSignificantBits())
                .add(epoch);
    }

    private KeyEncoder kind(int kind) {
        return append(KeyEncoder.of(kind).route(route));
    }
}
