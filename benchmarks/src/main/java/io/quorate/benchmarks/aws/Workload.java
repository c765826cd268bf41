package io.quorate.benchmarks.aws;

import io.quorate.benchmarks.http.OneByOne;
import io.quorate.benchmarks.http.Session;
import java.io.IOException;

/** One kind of load on one endpoint. */
public interface Workload {
    /** Makes what the load needs: bucket, queue or table, and what is read. */
    void prepare(OneByOne connection) throws IOException;

    /** What the connection of this number asks. */
    Session session(int connection);
}
