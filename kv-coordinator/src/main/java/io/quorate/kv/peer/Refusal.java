package io.quorate.kv.peer;

import io.quorate.kv.peer.wire.RefusalReason;

/**
 * A node does not talk to another.
 *
 * @param reason what differs
 * @param detail one clear sentence with the values, for the log
 */
public record Refusal(RefusalReason reason, String detail) {}
