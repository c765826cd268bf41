package io.quorate.kv.peer.checkpoint;

import java.io.IOException;

/** What arrived is not what was sent, or not what was asked for. */
final class DamagedChunkException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedChunkException(String what) {
        super(what);
    }
}
