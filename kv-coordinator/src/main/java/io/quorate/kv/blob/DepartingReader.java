package io.quorate.kv.blob;

import io.quorate.kv.BlobStore.OpenBlob;
import org.jspecify.annotations.Nullable;

/** Closes what was opened for a reader who left meanwhile. Safe for any thread. */
final class DepartingReader {
    private @Nullable OpenBlob opened;
    private boolean departed;

    /** Takes what was opened; closes it at once if nobody waits for it. */
    synchronized OpenBlob receive(OpenBlob blob) {
        opened = blob;
        if (departed) {
            blob.close();
        }
        return blob;
    }

    /** The reader left without the blob. */
    synchronized void depart() {
        departed = true;
        if (opened != null) {
            opened.close();
        }
    }
}
