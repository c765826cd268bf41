package io.quorate.kv.command;

/** A command that is longer than one entry may be. Nothing was proposed. */
public final class CommandTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandTooLargeException(long bytes) {
        super("a command of " + bytes + " bytes, most are " + EntryCodec.MAX_COMMAND_BYTES, null,
                false, false);
    }
}
