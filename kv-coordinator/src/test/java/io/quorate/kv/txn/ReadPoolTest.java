package io.quorate.kv.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.Deadline;
import io.quorate.kv.raft.DeadlineTimer;
import io.quorate.kv.raft.Wait;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Reads whose readers go away. */
class ReadPoolTest {
    @Test
    void whatWasReadForNobodyIsGivenBackOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<String> done = new CompletableFuture<>();
        CompletableFuture<String> dropped = new CompletableFuture<>();
        try (DeadlineTimer timer = new DeadlineTimer("pool-test");
                ReadPool pool = new ReadPool(1, 1, Thread::new, timer)) {
            Wait wait = pool.read(Deadline.after(Duration.ofMinutes(5)), () -> {
                begun.countDown();
                awaitUnbroken(goOn);
                return "taken";
            }, new ReadPool.Callback<String>() {
                @Override
                public void done(String result) {
                    done.complete(result);
                }

                @Override
                public void failed(Throwable failure) {
                    done.completeExceptionally(failure);
                }

                @Override
                public void dropped(String result) {
                    dropped.complete(result);
                }
            });
            begun.await();
            Wait.Left left = wait.cancel();
            goOn.countDown();

            assertThat(dropped.get(60, TimeUnit.SECONDS)).isEqualTo("taken");
            assertThat(left).isEqualTo(Wait.Left.REMOVED);
            assertThat(done).isNotDone();
        }
    }

    private static void awaitUnbroken(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
