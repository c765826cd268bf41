package io.quorate.kv.command;

import io.quorate.kv.RetryId;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.util.Optional;

/**
 * The binary form of one command.
 *
 * <pre>
 * commit  := 1 flags(1 byte; bit 0: has retry id) [ retryId(16) answer ] transaction
 * advance := 2 timestamp(8)
 * </pre>
 */
final class CommandCodec {
    private static final int COMMIT = 1;
    private static final int ADVANCE_SAFE_POINT = 2;
    private static final int HAS_RETRY_ID = 1;

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
        long estimate = 2L + RetryId.LENGTH + 5 + commit.answer().length()
                + TransactionCodec.sizeAtMost(commit.transaction());
        // The estimate exceeds the exact size by little, so this bounds the buffer before it is made.
        if (estimate > EntryCodec.MAX_COMMAND_BYTES) {
            throw new CommandTooLargeException(estimate);
        }
        ByteSink sink = new ByteSink((int) estimate);
        sink.putByte(COMMIT);
        sink.putByte(commit.retryId().isPresent() ? HAS_RETRY_ID : 0);
        commit.retryId().ifPresent(id -> {
            sink.putRaw(id.shared());
            sink.putBytes(commit.answer().shared());
        });
        TransactionCodec.encode(commit.transaction(), sink);
        return sink.toByteArray();
    }

    private static Command.Commit decodeCommit(ByteSource source) {
        int flags = source.getByte();
        if ((flags & ~HAS_RETRY_ID) != 0) {
            throw new UnknownCommandException("flags of a commit", flags);
        }
        Optional<RetryId> retryId = Optional.empty();
        Value answer = Value.empty();
        if (flags == HAS_RETRY_ID) {
            retryId = Optional.of(RetryId.of(source.getRaw(RetryId.LENGTH)));
            answer = Value.of(source.getBytes(RetryRecord.MAX_ANSWER));
        }
        Transaction transaction = TransactionCodec.decode(source);
        return new Command.Commit(transaction, retryId, answer);
    }
}
