package io.quorate.benchmarks.aws;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that put what is measured later, each with a connection of its own. */
final class Loaders {
    private Loaders() {}

    /** The work of one of them. */
    @FunctionalInterface
    interface Load {
        /** @param loader from 0 */
        void load(int loader) throws IOException;
    }

    /** Lets so many work, and waits for all. */
    static void run(int loaders, Load load) throws IOException {
        try (ExecutorService threads = Executors.newFixedThreadPool(loaders)) {
            List<Future<?>> loading = new ArrayList<>();
            for (int loader = 0; loader < loaders; loader++) {
                int number = loader;
                loading.add(threads.submit(() -> {
                    load.load(number);
                    return null;
                }));
            }
            for (Future<?> one : loading) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("the load cannot be prepared", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the load was prepared", interrupted);
        }
    }
}
