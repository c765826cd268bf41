package io.quorate.kv.raft;

import java.time.Duration;

/**
 * The bounds of a {@link Proposer}.
 *
 * @param commandBytes one encoded command; one that is larger than a batch is an entry of its own
 * @param batch one entry
 * @param queued what waits to be proposed
 * @param inFlight what is proposed and not yet answered; {@code count} is in entries and must lie
 *        below the engine's own bound of uncommitted entries
 * @param stall how long a command is queued or in flight at most, whatever its caller's deadline
 */
public record ProposerLimits(int commandBytes, Size batch, Size queued, Size inFlight,
        Duration stall) {
    /** Commands of nearly 8 MiB, batches of 1 MiB, four in flight, 64 MiB queued; 10 s. */
    public static final ProposerLimits DEFAULT = new ProposerLimits(8 << 20,
            new Size(1024, 1 << 20), new Size(65_536, 64 << 20),
            new Size(4, 16 << 20), Duration.ofSeconds(10));

    public ProposerLimits {
        int largest = Math.max(commandBytes, batch.bytes());
        if (commandBytes < 1 || largest > inFlight.bytes() || largest > queued.bytes()
                || !stall.isPositive()) {
            throw new IllegalArgumentException("an entry must fit: " + commandBytes + ", " + batch
                    + ", " + queued + ", " + inFlight + ", " + stall);
        }
    }

    /** Limits under which every command fits a batch. */
    public ProposerLimits(Size batch, Size queued, Size inFlight, Duration stall) {
        this(batch.bytes(), batch, queued, inFlight, stall);
    }

    /**
     * A bound by count and by bytes.
     *
     * @param count how many at most
     * @param bytes how many bytes of encoded commands at most
     */
    public record Size(int count, int bytes) {
        public Size {
            if (count < 1 || bytes < 1) {
                throw new IllegalArgumentException(count + " of " + bytes + " bytes");
            }
        }
    }
}
