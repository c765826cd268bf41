package io.quorate.benchmarks.http;

import java.util.Optional;

/** What one connection asks, one request after the other. Used by one thread. */
public interface Session {
    /** The next request. */
    Call next();

    /**
     * Checks the answer to the latest request.
     *
     * @return what is wrong with it; empty if it is right
     */
    Optional<String> check(Reply reply);

    /** What the latest right answer is counted as. */
    default String countedAs(Call call) {
        return call.operation();
    }

    /**
     * What is measured of the latest right answer.
     *
     * @param nanos from the request's first byte to the answer's last
     */
    default long measured(long nanos) {
        return nanos;
    }

    /**
     * A request.
     *
     * @param operation what it is counted as
     * @param message its bytes
     */
    record Call(String operation, Message message) {}
}
