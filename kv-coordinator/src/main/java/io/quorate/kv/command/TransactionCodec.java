package io.quorate.kv.command;

import io.quorate.kv.Condition;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanFingerprint;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of transactions.
 *
 * <pre>
 * transaction := count(varint) condition* count(varint) mutation*
 * condition   := 1 key version(8) | 2 key | 3 key value | 4 scan high(8) low(8) | 5 millis(8)
 * mutation    := 1 key value | 2 key | 3 range | 4 key delta(8)
 * scan        := range limit(varint) maxBytes(varint) descending(1 byte)
 * range       := route(2) start(bytes) end(bytes)
 * key         := route(2) bytes
 * value       := bytes
 * bytes       := length(varint) byte*
 * </pre>
 */
final class TransactionCodec {
    private static final int VERSION_IS = 1;
    private static final int EXISTS = 2;
    private static final int VALUE_IS = 3;
    private static final int SCAN_UNCHANGED = 4;
    private static final int COMMITTED_BEFORE = 5;

    private static final int PUT = 1;
    private static final int DELETE = 2;
    private static final int DELETE_RANGE = 3;
    private static final int ADD = 4;

    /** More than the fixed bytes of any part: kind, route, lengths, version or fingerprint, bounds. */
    private static final int PART_OVERHEAD = 40;

    private TransactionCodec() {}

    static long sizeAtMost(Transaction transaction) {
        long size = 10;
        for (Condition condition : transaction.conditions()) {
            size += PART_OVERHEAD + switch (condition) {
                case Condition.VersionIs is -> is.key().length();
                case Condition.Exists exists -> exists.key().length();
                case Condition.ValueIs is -> is.key().length() + is.value().length();
                case Condition.ScanUnchanged unchanged -> length(unchanged.scan().range());
                case Condition.CommittedBefore before -> 0;
            };
        }
        for (Mutation mutation : transaction.mutations()) {
            size += PART_OVERHEAD + switch (mutation) {
                case Mutation.Put put -> put.key().length() + put.value().length();
                case Mutation.Delete delete -> delete.key().length();
                case Mutation.Add add -> add.key().length();
                case Mutation.DeleteRange delete -> length(delete.range());
            };
        }
        return size;
    }

    static void encode(Transaction transaction, ByteSink sink) {
        sink.putVarint(transaction.conditions().size());
        for (Condition condition : transaction.conditions()) {
            encode(condition, sink);
        }
        sink.putVarint(transaction.mutations().size());
        for (Mutation mutation : transaction.mutations()) {
            encode(mutation, sink);
        }
    }

    static Transaction decode(ByteSource source) {
        try {
            return new Transaction(decodeConditions(source), decodeMutations(source));
        } catch (IllegalArgumentException refused) {
            throw new MalformedEntryException("a part that no transaction has", refused);
        }
    }

    private static List<Condition> decodeConditions(ByteSource source) {
        int count = source.getVarint(Transaction.MAX_PARTS);
        List<Condition> conditions = new ArrayList<>(Math.min(count, source.remaining()));
        for (int i = 0; i < count; i++) {
            conditions.add(decodeCondition(source));
        }
        return conditions;
    }

    private static List<Mutation> decodeMutations(ByteSource source) {
        int count = source.getVarint(Transaction.MAX_PARTS);
        List<Mutation> mutations = new ArrayList<>(Math.min(count, source.remaining()));
        for (int i = 0; i < count; i++) {
            mutations.add(decodeMutation(source));
        }
        return mutations;
    }

    private static void encode(Condition condition, ByteSink sink) {
        switch (condition) {
            case Condition.VersionIs is -> {
                sink.putByte(VERSION_IS);
                encode(is.key(), sink);
                sink.putLong(is.version());
            }
            case Condition.Exists exists -> {
                sink.putByte(EXISTS);
                encode(exists.key(), sink);
            }
            case Condition.ValueIs is -> {
                sink.putByte(VALUE_IS);
                encode(is.key(), sink);
                sink.putBytes(is.value().shared());
            }
            case Condition.ScanUnchanged unchanged -> {
                sink.putByte(SCAN_UNCHANGED);
                encode(unchanged.scan(), sink);
                sink.putLong(unchanged.fingerprint().high());
                sink.putLong(unchanged.fingerprint().low());
            }
            case Condition.CommittedBefore before -> {
                sink.putByte(COMMITTED_BEFORE);
                sink.putLong(before.millis());
            }
        }
    }

    private static Condition decodeCondition(ByteSource source) {
        int kind = source.getByte();
        return switch (kind) {
            case VERSION_IS -> new Condition.VersionIs(decodeKey(source), source.getLong());
            case EXISTS -> new Condition.Exists(decodeKey(source));
            case VALUE_IS -> new Condition.ValueIs(decodeKey(source), decodeValue(source));
            case SCAN_UNCHANGED -> new Condition.ScanUnchanged(decodeScan(source),
                    new ScanFingerprint(source.getLong(), source.getLong()));
            case COMMITTED_BEFORE -> new Condition.CommittedBefore(source.getLong());
            default -> throw new UnknownCommandException("kind of condition", kind);
        };
    }

    private static void encode(Mutation mutation, ByteSink sink) {
        switch (mutation) {
            case Mutation.Put put -> {
                sink.putByte(PUT);
                encode(put.key(), sink);
                sink.putBytes(put.value().shared());
            }
            case Mutation.Delete delete -> {
                sink.putByte(DELETE);
                encode(delete.key(), sink);
            }
            case Mutation.DeleteRange delete -> {
                sink.putByte(DELETE_RANGE);
                encode(delete.range(), sink);
            }
            case Mutation.Add add -> {
                sink.putByte(ADD);
                encode(add.key(), sink);
                sink.putLong(add.delta());
            }
        }
    }

    private static Mutation decodeMutation(ByteSource source) {
        int kind = source.getByte();
        return switch (kind) {
            case PUT -> new Mutation.Put(decodeKey(source), decodeValue(source));
            case DELETE -> new Mutation.Delete(decodeKey(source));
            case DELETE_RANGE -> new Mutation.DeleteRange(decodeRange(source));
            case ADD -> new Mutation.Add(decodeKey(source), source.getLong());
            default -> throw new UnknownCommandException("kind of mutation", kind);
        };
    }

    private static void encode(Scan scan, ByteSink sink) {
        encode(scan.range(), sink);
        sink.putVarint(scan.limit());
        sink.putVarint(scan.maxBytes());
        sink.putByte(scan.descending() ? 1 : 0);
    }

    private static Scan decodeScan(ByteSource source) {
        return new Scan(decodeRange(source), source.getVarint(), source.getVarint(),
                decodeBoolean(source));
    }

    private static boolean decodeBoolean(ByteSource source) {
        int value = source.getByte();
        if (value > 1) {
            throw new MalformedEntryException("a truth value of " + value);
        }
        return value == 1;
    }

    private static void encode(KeyRange range, ByteSink sink) {
        encode(range.start(), sink);
        sink.putBytes(range.end().shared());
    }

    private static KeyRange decodeRange(ByteSource source) {
        Key start = decodeKey(source);
        return new KeyRange(start, Key.of(start.route(), source.getBytes(Key.MAX_LENGTH)));
    }

    private static void encode(Key key, ByteSink sink) {
        sink.putShort(key.route());
        sink.putBytes(key.shared());
    }

    private static Key decodeKey(ByteSource source) {
        return Key.of(source.getShort(), source.getBytes(Key.MAX_LENGTH));
    }

    private static Value decodeValue(ByteSource source) {
        return Value.of(source.getBytes(Value.MAX_LENGTH));
    }

    private static long length(KeyRange range) {
        return (long) range.start().length() + range.end().length();
    }
}
