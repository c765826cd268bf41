package io.quorate.kv.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers encoded commands and makes one entry of them, copying each command once. Reusable; not
 * thread-safe.
 */
public final class EntryAssembler {
    private final int maxCommands;
    private final int maxBytes;
    private final List<byte[]> commands = new ArrayList<>();
    private int bytes = EntryCodec.HEADER_BYTES;

    /**
     * Makes an assembler.
     *
     * @param maxCommands most commands of one entry, 1 to {@link EntryCodec#MAX_COMMANDS}
     * @param maxBytes most bytes of an entry of more than one command
     */
    public EntryAssembler(int maxCommands, int maxBytes) {
        if (maxCommands < 1 || maxCommands > EntryCodec.MAX_COMMANDS) {
            throw new IllegalArgumentException("maxCommands out of range: " + maxCommands);
        }
        this.maxCommands = maxCommands;
        this.maxBytes = maxBytes;
    }

    /**
     * Adds what {@link EntryCodec#encode} made, unless the entry is full. The first command always
     * fits.
     *
     * @return whether it was added; if not, assemble first
     */
    public boolean offer(byte[] command) {
        int more = ByteSink.varintLength(command.length) + command.length;
        if (!commands.isEmpty() && (commands.size() == maxCommands || bytes + more > maxBytes)) {
            return false;
        }
        commands.add(command);
        bytes += more;
        return true;
    }

    /** How many commands were added. */
    public int count() {
        return commands.size();
    }

    /** How long the entry will be. */
    public int bytes() {
        return bytes;
    }

    /**
     * Makes the entry and begins the next one.
     *
     * @param baseStamp the first of {@link #count} stamps reserved for it, one if it is empty
     */
    public byte[] assemble(long baseStamp) {
        byte[] entry = new byte[bytes];
        entry[0] = EntryCodec.FORMAT;
        ByteSink.INT.set(entry, EntryCodec.COUNT_OFFSET, commands.size());
        ByteSink.LONG.set(entry, EntryCodec.STAMP_OFFSET, baseStamp);
        int position = EntryCodec.HEADER_BYTES;
        for (byte[] command : commands) {
            position = ByteSink.writeVarint(entry, position, command.length);
            System.arraycopy(command, 0, entry, position, command.length);
            position += command.length;
        }
        commands.clear();
        bytes = EntryCodec.HEADER_BYTES;
        return entry;
    }
}
