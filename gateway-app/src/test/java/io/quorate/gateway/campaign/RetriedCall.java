package io.quorate.gateway.campaign;

/** Writes of one kind through a connection that loses first answers. For one thread. */
interface RetriedCall extends AutoCloseable {
    /**
     * Makes a call whose first answer is lost, with the retries of its client, and asserts what it is answered.
     *
     * @param call 0, 1, 2, ...
     */
    void call(int call);

    /** Asserts that every one of so many calls was applied, and once. */
    void assertAppliedOnce(int calls);

    @Override
    void close();
}
