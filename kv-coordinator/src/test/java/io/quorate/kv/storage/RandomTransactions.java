package io.quorate.kv.storage;

import io.quorate.kv.Condition;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Mutation;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanFingerprint;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.command.Command;
import io.quorate.kv.mvcc.MvccStore;
import io.quorate.kv.mvcc.StateMachineFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Random commands over few keys, so that they meet. Keys hold zero bytes and are prefixes of each
 * other, which is where an encoding of versions goes wrong.
 */
final class RandomTransactions {
    private static final int ROUTE = 3;
    private static final byte[] LETTERS = {0, 1, (byte) 0xFF, 'a'};

    private final Random random;

    RandomTransactions(long seed) {
        random = new Random(seed);
    }

    /** One to four commands; conditions are taken from the store, so that about half of them hold. */
    Command[] entry(MvccStore store, long nextStamp) {
        Command[] commands = new Command[1 + random.nextInt(4)];
        for (int i = 0; i < commands.length; i++) {
            commands[i] = random.nextInt(20) == 0
                    ? new Command.AdvanceSafePoint(nextStamp - random.nextInt(40))
                    : commit(store);
        }
        return commands;
    }

    Key key() {
        byte[] bytes = new byte[1 + random.nextInt(3)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = LETTERS[random.nextInt(LETTERS.length)];
        }
        return Key.of(ROUTE, bytes);
    }

    Scan scan() {
        return new Scan(range(), 1 + random.nextInt(6), 1 + random.nextInt(40),
                random.nextBoolean());
    }

    long between(long from, long to) {
        return from + random.nextLong(to - from + 1);
    }

    private KeyRange range() {
        Key one = key();
        Key other = key();
        int order = one.compareTo(other);
        if (order == 0) {
            return KeyRange.withPrefix(Key.of(ROUTE, new byte[]{'a'}));
        }
        return order < 0 ? new KeyRange(one, other) : new KeyRange(other, one);
    }

    private Command commit(MvccStore store) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            conditions.add(condition(store));
        }
        List<Mutation> mutations = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            mutations.add(mutation());
        }
        Transaction transaction = new Transaction(conditions, mutations);
        return random.nextInt(4) == 0
                ? new Command.Commit(transaction, Optional.of(retryId()), value())
                : Command.Commit.of(transaction);
    }

    private RetryId retryId() {
        byte[] id = new byte[RetryId.LENGTH];
        id[0] = (byte) random.nextInt(20);
        return RetryId.of(id);
    }

    private Condition condition(MvccStore store) {
        Key key = key();
        Optional<Versioned> row = store.getLatest(key);
        return switch (random.nextInt(5)) {
            case 0 -> new Condition.VersionIs(key,
                    row.map(Versioned::version).orElse(Versioned.ABSENT));
            case 1 -> new Condition.Exists(key);
            case 2 -> new Condition.ValueIs(key, row.map(Versioned::value).orElse(value()));
            case 3 -> {
                Scan scan = scan();
                yield new Condition.ScanUnchanged(scan,
                        ScanFingerprint.of(store.scanLatest(scan)));
            }
            default -> new Condition.CommittedBefore(
                    StateMachineFixture.EPOCH_MILLIS + random.nextInt(2_000_000));
        };
    }

    private Mutation mutation() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Mutation.Delete(key());
            case 2 -> new Mutation.DeleteRange(range());
            default -> new Mutation.Put(key(), value());
        };
    }

    private Value value() {
        byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        return Value.of(bytes);
    }
}
