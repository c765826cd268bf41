package io.quorate.kv.command;

import io.quorate.kv.RetryId;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.util.Optional;

/**
 * The binary form of one command.
 *
 * <pre>
 * commit  := 1 flags(1 byte) [ id(16) [ validBefore(8) ] [ answer ] ] transaction
 * advance := 2 timestamp(8)
 * </pre>
 *
 * Flags of a commit: bit 0, it has an id; bit 1, the id's answer was too long to keep and is left out;
 * bit 2, the id is valid for a limited time; bit 3, its record is kept for that time only.
 */
final class CommandCodec {
    private static final int COMMIT = 1;
    private static final int ADVANCE_SAFE_POINT = 2;

    private static final int HAS_ID = 1;
    private static final int ANSWER_LEFT_OUT = 1 << 1;
    private static final int HAS_LIMIT = 1 << 2;
    private static final int KEPT_TO_LIMIT = 1 << 3;
    /** More than flags, id, limit and the answer's length take. */
    private static final int COMMIT_OVERHEAD = 2 + RetryId.LENGTH + Long.BYTES + 5;

    private CommandCodec() {}

    static byte[] encode(Command command) {
        return switch (command) {
            case Command.Commit commit -> encode(commit);
            case Command.AdvanceSafePoint advance -> {
                ByteSink sink = new ByteSink(1 + Long.BYTES);
                sink.putByte(ADVANCE_SAFE_POINT);
                sink.putLong(advance.timestamp());
                yield sink.toByteArray();
            }
        };
    }

    static Command decode(ByteSource source) {
        int kind = source.getByte();
        return switch (kind) {
            case COMMIT -> decodeCommit(source);
            case ADVANCE_SAFE_POINT -> new Command.AdvanceSafePoint(source.getLong());
            default -> throw new UnknownCommandException("command kind", kind);
        };
    }

    private static byte[] encode(Command.Commit commit) {
        long estimate = COMMIT_OVERHEAD + commit.answer().map(Value::length).orElse(0)
                + TransactionCodec.sizeAtMost(commit.transaction());
        // The estimate exceeds the exact size by little, so this bounds the buffer before it is made.
        if (estimate > EntryCodec.MAX_COMMAND_BYTES) {
            throw new CommandTooLargeException(estimate);
        }
        ByteSink sink = new ByteSink((int) estimate);
        sink.putByte(COMMIT);
        sink.putByte(flags(commit));
        commit.id().ifPresent(id -> {
            sink.putRaw(id.id().shared());
            if (id.validBefore() != CommandId.NO_LIMIT) {
                sink.putLong(id.validBefore());
            }
        });
        commit.answer().ifPresent(answer -> sink.putBytes(answer.shared()));
        TransactionCodec.encode(commit.transaction(), sink);
        return sink.toByteArray();
    }

    private static int flags(Command.Commit commit) {
        if (commit.id().isEmpty()) {
            return 0;
        }
        CommandId id = commit.id().get();
        return HAS_ID | (commit.answer().isPresent() ? 0 : ANSWER_LEFT_OUT)
                | (id.validBefore() == CommandId.NO_LIMIT ? 0 : HAS_LIMIT)
                | (id.keptForCaller() ? 0 : KEPT_TO_LIMIT);
    }

    private static Command.Commit decodeCommit(ByteSource source) {
        int flags = source.getByte();
        if (flags == 0) {
            return Command.Commit.of(TransactionCodec.decode(source));
        }
        requireKnown(flags);
        RetryId id = RetryId.of(source.getRaw(RetryId.LENGTH));
        long validBefore = (flags & HAS_LIMIT) != 0 ? limit(source) : CommandId.NO_LIMIT;
        Optional<Value> answer = (flags & ANSWER_LEFT_OUT) != 0
                ? Optional.empty()
                : Optional.of(Value.of(source.getBytes(RetryRecord.MAX_ANSWER)));
        CommandId commandId = new CommandId(id, validBefore, (flags & KEPT_TO_LIMIT) == 0);
        return new Command.Commit(TransactionCodec.decode(source), Optional.of(commandId), answer);
    }

    private static long limit(ByteSource source) {
        long validBefore = source.getLong();
        if (validBefore < 0 || validBefore == CommandId.NO_LIMIT) {
            throw new MalformedEntryException("a limit of " + validBefore);
        }
        return validBefore;
    }

    private static void requireKnown(int flags) {
        int known = HAS_ID | ANSWER_LEFT_OUT | HAS_LIMIT | KEPT_TO_LIMIT;
        boolean keptWithoutLimit = (flags & (KEPT_TO_LIMIT | HAS_LIMIT)) == KEPT_TO_LIMIT;
        if ((flags & ~known) != 0 || (flags & HAS_ID) == 0 || keptWithoutLimit) {
            throw new UnknownCommandException("flags of a commit", flags);
        }
    }
}
