package io.quorate.benchmarks.kv;

import java.util.List;

/** What is asked of the store. Each waits for its answer and fails if it is wrong. */
public enum KvOperation {
    /** A transaction of one row. */
    PUT("kv-put") {
        @Override
        public void call(NodeUnderLoad node, long item, int valueBytes) {
            node.put(item, valueBytes);
        }
    },
    /** A linearizable read. */
    GET("kv-get") {
        @Override
        public void call(NodeUnderLoad node, long item, int valueBytes) {
            node.get(item, valueBytes);
        }
    },
    /** Leadership, confirmed by a quorum. */
    VERIFY("kv-verify") {
        @Override
        public void call(NodeUnderLoad node, long item, int valueBytes) {
            node.verify();
        }
    };

    private final String title;

    KvOperation(String title) {
        this.title = title;
    }

    /** Does it once; throws if the answer is wrong. */
    public abstract void call(NodeUnderLoad node, long item, int valueBytes);

    /** The name on the command line. */
    public String title() {
        return title;
    }

    /** All names. */
    public static List<String> titles() {
        return List.of(values()).stream().map(KvOperation::title).toList();
    }

    /** The operation of that name. */
    public static KvOperation titled(String title) {
        return List.of(values()).stream().filter(one -> one.title.equals(title)).findFirst()
                .orElseThrow();
    }
}
