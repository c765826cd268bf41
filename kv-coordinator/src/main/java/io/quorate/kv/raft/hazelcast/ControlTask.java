package io.quorate.kv.raft.hazelcast;

/**
 * A task that someone waits for: if the group stops before it runs, the other half runs instead, once.
 *
 * @param task      what is to be done
 * @param abandoned what is to be done if the group has stopped; any thread
 */
record ControlTask(Runnable task, Runnable abandoned) implements Runnable {
    @Override
    public void run() {
        task.run();
    }

    /** Ends the wait for a task that was dropped. */
    static void dropped(Runnable dropped) {
        if (dropped instanceof ControlTask control) {
            control.abandoned().run();
        }
    }
}
