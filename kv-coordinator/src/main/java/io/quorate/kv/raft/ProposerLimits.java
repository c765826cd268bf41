package io.quorate.kv.raft;

import java.time.Duration;

/**
 * The bounds of a {@link Proposer}.
 *
 * @param batch one entry
 * @param queued what waits to be proposed
 * @param inFlight what is proposed and not yet answered; {@code count} is in entries and must lie
 *        below the engine's own bound of uncommitted entries
 * @param stall how long a command is queued or in flight at most, whatever its caller's deadline
 */
public record ProposerLimits(Size batch, Size queued, Size inFlight, Duration stall) {
    /** Entries of at most 1 MiB, four in flight, 64 MiB queued, 10 s. */
    public static final ProposerLimits DEFAULT = new ProposerLimits(new Size(1024, 1 << 20),
            new Size(65_536, 64 << 20), new Size(4, 8 << 20), Duration.ofSeconds(10));

    public ProposerLimits {
        if (batch.bytes() > inFlight.bytes() || batch.bytes() > queued.bytes()
                || !stall.isPositive()) {
            throw new IllegalArgumentException("a batch must fit: " + batch + ", " + queued + ", "
                    + inFlight + ", " + stall);
        }
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
