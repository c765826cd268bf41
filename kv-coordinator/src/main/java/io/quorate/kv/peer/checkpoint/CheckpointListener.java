package io.quorate.kv.peer.checkpoint;

/** Hears how checkpoints travel, by group and peer. Called on transfers' threads; returns at once. */
public interface CheckpointListener {
    /** Hears nothing. */
    CheckpointListener NONE = new CheckpointListener() {
        @Override
        public void sent(int group, String peer, long bytes) {}

        @Override
        public void received(int group, String peer, long bytes) {}

        @Override
        public void sends(int group, String peer, long total) {}

        @Override
        public void receives(int group, String peer, long total) {}
    };

    /** Bytes of files have left for a peer. */
    void sent(int group, String peer, long bytes);

    /** Bytes of files have come from a peer, undamaged or not. */
    void received(int group, String peer, long bytes);

    /** A stream to a peer begins, of a checkpoint of so many bytes; 0 when it has ended. */
    void sends(int group, String peer, long total);

    /** A fetch from a peer has found a checkpoint of so many bytes; 0 when it has ended. */
    void receives(int group, String peer, long total);
}
