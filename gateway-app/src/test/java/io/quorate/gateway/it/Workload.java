package io.quorate.gateway.it;

import java.util.Collection;
import java.util.Set;

/** Writes of one protocol whose effect can be looked for later. */
public interface Workload {
    /** Makes what the writes need; again after every start. */
    Session open(AwsClients clients);

    /** The workload against one start of the server. Safe for several threads. */
    interface Session extends AutoCloseable {
        /** Writes what the id names; returns only if the server acknowledged it. */
        void write(String id);

        /** Those of the ids that cannot be found now. */
        Set<String> missing(Collection<String> ids);

        @Override
        void close();
    }
}
