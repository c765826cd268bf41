package io.quorate.benchmarks;

import java.time.Duration;

/** Somebody who is measured. */
interface Contender {
    /** How it is called in the report. */
    String name();

    /** Makes what the load needs. */
    void prepare() throws Exception;

    /** Puts load on it for that long. */
    Measurement run(Duration duration) throws Exception;
}
