package io.quorate.kv.command;

import java.util.List;

/**
 * A decoded entry of the log.
 *
 * @param baseStamp the stamp of its first command; command i has {@code baseStamp + i}
 * @param commands its commands in order; an entry without any only carries its stamp
 */
public record Entry(long baseStamp, List<Command> commands) {
    public Entry {
        commands = List.copyOf(commands);
    }

    /** The last stamp the entry uses. */
    public long lastStamp() {
        return baseStamp + Math.max(0, commands.size() - 1);
    }
}
