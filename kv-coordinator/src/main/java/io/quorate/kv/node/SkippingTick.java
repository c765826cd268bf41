package io.quorate.kv.node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tick of a loop that goes on after one that failed: an executor would silently end it. */
record SkippingTick(String name, Runnable tick) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SkippingTick.class);

    @Override
    public void run() {
        try {
            tick.run();
        } catch (RuntimeException failure) {
            LOG.warn("background tick skipped loop={}", name, failure);
        }
    }
}
