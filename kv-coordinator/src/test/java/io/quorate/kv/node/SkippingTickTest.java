package io.quorate.kv.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Loops of a node. */
class SkippingTickTest {
    @Test
    void aLoopGoesOnAfterATickThatFailed() throws Exception {
        CountDownLatch ticks = new CountDownLatch(3);
        try (ScheduledExecutorService loops = Executors.newSingleThreadScheduledExecutor()) {
            Future<?> loop = loops.scheduleWithFixedDelay(new SkippingTick("failing", () -> {
                ticks.countDown();
                throw new IllegalStateException("a tick that fails");
            }), 0, 1, TimeUnit.MILLISECONDS);

            assertThat(ticks.await(60, TimeUnit.SECONDS)).isTrue();
            loop.cancel(false);
        }
    }
}
