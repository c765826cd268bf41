package io.quorate.sqs.window;

import io.quorate.sqs.model.Place;
import java.util.OptionalLong;

/**
 * What a committed transaction did to one message.
 *
 * @param place the message
 * @param oldTimer when it would have become visible before
 * @param fate what is to be said of it now
 */
public record Change(Place place, OptionalLong oldTimer, Fate fate) {
    /** What became of it. */
    public sealed interface Fate {}

    /** It can be received. */
    public record Visible() implements Fate {}

    /**
     * It can be received later.
     *
     * @param untilMillis when
     */
    public record Hidden(long untilMillis) implements Fate {}

    /** It is no more. */
    public record Gone() implements Fate {}
}
