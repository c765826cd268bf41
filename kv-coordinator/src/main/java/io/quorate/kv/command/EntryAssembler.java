package io.quorate.kv.command;

import java.util.List;

/**
 * Makes an entry of commands that {@link EntryCodec#encode} encoded, copying each once. The proposer
 * encodes a command when it is submitted and stamps the entry when it is proposed.
 */
public final class EntryAssembler {
    private EntryAssembler() {}

    /**
     * Makes an entry.
     *
     * @param baseStamp the first of as many consecutive stamps as there are commands; one stamp if
     *        there is none
     * @param commands at most {@link EntryCodec#MAX_COMMANDS}; none makes an entry that carries only
     *        its stamp, by which a new leader lets group time go on
     */
    public static byte[] assemble(long baseStamp, List<byte[]> commands) {
        if (commands.size() > EntryCodec.MAX_COMMANDS) {
            throw new IllegalArgumentException("too many commands: " + commands.size());
        }
        int length = EntryCodec.HEADER_BYTES;
        for (byte[] command : commands) {
            length = Math.addExact(length, bytes(command));
        }
        byte[] entry = new byte[length];
        entry[0] = EntryCodec.FORMAT;
        ByteSink.INT.set(entry, EntryCodec.COUNT_OFFSET, commands.size());
        ByteSink.LONG.set(entry, EntryCodec.STAMP_OFFSET, baseStamp);
        int position = EntryCodec.HEADER_BYTES;
        for (byte[] command : commands) {
            position = ByteSink.writeVarint(entry, position, command.length);
            System.arraycopy(command, 0, entry, position, command.length);
            position += command.length;
        }
        return entry;
    }

    /** How many bytes of an entry the command takes. */
    public static int bytes(byte[] command) {
        return ByteSink.varintLength(command.length) + command.length;
    }
}
