package io.quorate.kv.command;

import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of entries, format 1. It is in logs on disk: a reader of it stays for ever.
 *
 * <pre>
 * entry   := format(1 byte) count(4) baseStamp(8) { length(varint) command }*count
 * command := kind(1 byte) body
 * </pre>
 *
 * Numbers are big-endian. Command i of an entry has the stamp {@code baseStamp + i}, so every command
 * has its own. An unknown format, kind or flag is an {@link UnknownCommandException}, bytes that break
 * the format are a {@link MalformedEntryException}; both stop the node.
 */
public final class EntryCodec {
    /** The format written. */
    public static final int FORMAT = 1;
    /** Most bytes of one encoded command. */
    public static final int MAX_COMMAND_BYTES = 8 * 1024 * 1024;
    /** Most commands of one entry. */
    public static final int MAX_COMMANDS = 65_535;

    static final int COUNT_OFFSET = 1;
    static final int STAMP_OFFSET = 5;
    static final int HEADER_BYTES = 13;

    private EntryCodec() {}

    /**
     * Encodes one command, once, for an {@link EntryAssembler}.
     *
     * @throws CommandTooLargeException if it is longer than {@link #MAX_COMMAND_BYTES}
     */
    public static byte[] encode(Command command) {
        return CommandCodec.encode(command);
    }

    /** Decodes one command that {@link #encode(Command)} encoded. */
    public static Command decodeCommand(byte[] command) {
        ByteSource source = new ByteSource(command, 0, command.length);
        Command decoded = CommandCodec.decode(source);
        source.requireEnd();
        return decoded;
    }

    /** The number of commands of an entry, without decoding them. */
    public static int count(byte[] entry) {
        ByteSource source = new ByteSource(entry, 0, entry.length);
        requireFormat(source.getByte());
        int count = source.getInt();
        if (count < 0 || count > MAX_COMMANDS) {
            throw new MalformedEntryException("a count of " + count);
        }
        return count;
    }

    /** Decodes an entry. */
    public static Entry decode(byte[] entry) {
        int count = count(entry);
        ByteSource source = new ByteSource(entry, STAMP_OFFSET, entry.length);
        long baseStamp = source.getLong();
        if (baseStamp <= 0 || baseStamp + count < 0) {
            throw new MalformedEntryException("a stamp of " + baseStamp);
        }
        List<Command> commands = new ArrayList<>(Math.min(count, source.remaining()));
        for (int i = 0; i < count; i++) {
            ByteSource body = source.slice(source.getVarint(MAX_COMMAND_BYTES));
            commands.add(CommandCodec.decode(body));
            body.requireEnd();
        }
        source.requireEnd();
        return new Entry(baseStamp, commands);
    }

    private static void requireFormat(int format) {
        if (format != FORMAT) {
            throw new UnknownCommandException("entry format", format);
        }
    }
}
