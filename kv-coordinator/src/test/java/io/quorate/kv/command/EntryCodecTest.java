package io.quorate.kv.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.Condition;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Mutation;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanFingerprint;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
    private static final long STAMP = 0x0123_4567_89AB_0001L;

    /** One entry of format 1 with every kind of part, written out by hand. It must decode for ever. */
    private static final String RECORDED = String.join("",
            "01", "00000002", "0123456789ab0001", // format, count, base stamp
            "69", // length of the first command: 105
            "01", "01", "000102030405060708090a0b0c0d0e0f", "026f6b", // commit, retry id, answer "ok"
            "05", // conditions
            "01", "0007", "0161", "00000000000000ff", // version of "a" is 255
            "02", "ffff", "0162", // "b" exists
            "03", "0000", "0163", "0178", // value of "c" is "x"
            "04", "0009", "0164", "0165", "64", "8020", "01", // scan of d..e, 100 rows, 4,096 bytes, descending
            "1111111111111111", "2222222222222222", // fingerprint
            "05", "0000019bfcc00000", // before that millisecond
            "03", // mutations
            "01", "0007", "0161", "03313233", // put "a" "123"
            "02", "0007", "0162", // delete "b"
            "03", "0007", "0163", "0164", // delete c..d
            "09", "02", "0123456789ab0000"); // safe point

    private static final Command.Commit COMMIT = new Command.Commit(
            new Transaction(
                    List.of(new Condition.VersionIs(key(7, "a"), 255),
                            new Condition.Exists(key(0xFFFF, "b")),
                            new Condition.ValueIs(key(0, "c"), value("x")),
                            new Condition.ScanUnchanged(
                                    new Scan(new KeyRange(key(9, "d"), key(9, "e")), 100, 4096,
                                            true),
                                    new ScanFingerprint(0x1111111111111111L, 0x2222222222222222L)),
                            new Condition.CommittedBefore(0x0000019bfcc00000L)),
                    List.of(new Mutation.Put(key(7, "a"), value("123")),
                            new Mutation.Delete(key(7, "b")),
                            new Mutation.DeleteRange(new KeyRange(key(7, "c"), key(7, "d"))))),
            Optional.of(
                    RetryId.of(new byte[]{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})),
            value("ok"));

    private static final List<Command> COMMANDS = List.of(COMMIT,
            new Command.AdvanceSafePoint(0x0123_4567_89AB_0000L));

    @Test
    void recordedFormatOneIsDecoded() {
        Entry entry = EntryCodec.decode(HexFormat.of().parseHex(RECORDED));

        assertThat(entry.baseStamp()).isEqualTo(STAMP);
        assertThat(entry.commands()).isEqualTo(COMMANDS);
        assertThat(entry.lastStamp()).isEqualTo(STAMP + 1);
    }

    @Test
    void writtenFormatIsTheRecordedOne() {
        assertThat(HexFormat.of().formatHex(encode(COMMANDS))).isEqualTo(RECORDED);
    }

    @Test
    void anAddedNumberComesBackAndItsFormatIsTheRecordedOne() {
        Command add = Command.Commit
                .of(Transaction.of(new Mutation.Add(key(7, "e"), -3)));

        byte[] entry = encode(List.of(add));

        assertThat(EntryCodec.decode(entry).commands()).containsExactly(add);
        assertThat(HexFormat.of().formatHex(entry)).endsWith("0001" + "04" + "000701" + "65"
                + "fffffffffffffffd");
    }

    @Test
    void everyFormOfIdIsReadBackAsItWasWritten() {
        RetryId id = RetryId.digestOf("id");
        List<Command> commits = new java.util.ArrayList<>();
        for (CommandId form : List.of(CommandId.ofCaller(id), new CommandId(id, 77, true),
                new CommandId(id, 77, false))) {
            for (Optional<Value> answer : List.of(Optional.<Value>empty(),
                    Optional.of(value("ok")))) {
                commits.add(new Command.Commit(Transaction.nothing(), Optional.of(form), answer));
            }
        }

        assertThat(EntryCodec.decode(encode(commits)).commands()).isEqualTo(commits);
        assertThat(commits).allSatisfy(commit -> assertThat(
                EntryCodec.decodeCommand(EntryCodec.encode(commit))).isEqualTo(commit));
    }

    @Test
    void writtenFormOfASentCommandIsTheRecordedOne() {
        Command sent = new Command.Commit(Transaction.nothing(), Optional.of(new CommandId(
                RetryId.of(new byte[]{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}), 77,
                false)), Optional.empty());

        assertThat(HexFormat.of().formatHex(EntryCodec.encode(sent))).isEqualTo("01" + "0f"
                + "000102030405060708090a0b0c0d0e0f" + "000000000000004d" + "00" + "00");
    }

    @Test
    void entryWithoutCommandsCarriesItsStamp() {
        Entry entry = EntryCodec.decode(EntryAssembler.assemble(STAMP, List.of()));

        assertThat(entry).isEqualTo(new Entry(STAMP, List.of()));
        assertThat(entry.lastStamp()).isEqualTo(STAMP);
    }

    @Test
    void everyTruncationIsFound() {
        byte[] entry = encode(COMMANDS);
        for (int length = 0; length < entry.length; length++) {
            byte[] cut = Arrays.copyOf(entry, length);
            assertThatThrownBy(() -> EntryCodec.decode(cut)).as("%d bytes", length)
                    .isInstanceOf(MalformedEntryException.class);
        }
    }

    @Test
    void trailingBytesAreFound() {
        byte[] entry = encode(COMMANDS);

        assertThatThrownBy(() -> EntryCodec.decode(Arrays.copyOf(entry, entry.length + 1)))
                .isInstanceOf(MalformedEntryException.class);
    }

    /** Whatever is flipped, decoding ends with a value or one of the two typed failures. */
    @Test
    void damagedEntriesFailTyped() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] entry = encode(COMMANDS);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = entry.clone();
            damaged[random.nextInt(entry.length)] = (byte) random.nextInt();
            damaged[random.nextInt(entry.length)] = (byte) random.nextInt();
            assertThat(thrownBy(damaged)).as("seed %d", seed).isIn(Object.class,
                    MalformedEntryException.class, UnknownCommandException.class);
        }
    }

    @Test
    void unknownFormatStopsTheNode() {
        byte[] entry = encode(COMMANDS);
        entry[0] = 2;

        assertThatThrownBy(() -> EntryCodec.decode(entry))
                .isInstanceOf(UnknownCommandException.class).hasMessageContaining("2");
    }

    @Test
    void unknownKindsStopTheNode() {
        assertThatThrownBy(() -> decode("09")).isInstanceOf(UnknownCommandException.class);
        assertThatThrownBy(() -> decode("01" + "10" + "00" + "00"))
                .isInstanceOf(UnknownCommandException.class);
        assertThatThrownBy(() -> decode("01" + "00" + "01" + "09"))
                .isInstanceOf(UnknownCommandException.class);
        assertThatThrownBy(() -> decode("01" + "00" + "00" + "01" + "09"))
                .isInstanceOf(UnknownCommandException.class);
        // Flags that are unknown, that lack the id they speak of, and a record without an end.
        for (String flags : List.of("11", "02", "04", "09")) {
            assertThatThrownBy(() -> decode("01" + flags + "00".repeat(30)))
                    .isInstanceOf(UnknownCommandException.class);
        }
    }

    @Test
    void partsThatNoTransactionHasAreMalformed() {
        String emptyKey = "0007" + "00";

        assertThatThrownBy(() -> decode("01" + "00" + "01" + "02" + emptyKey + "00"))
                .isInstanceOf(MalformedEntryException.class);
    }

    @Test
    void commandBeyondTheBoundIsRefusedBeforeItIsCopied() {
        Value large = Value.of(new byte[Value.MAX_LENGTH]);
        Mutation[] puts = new Mutation[5];
        Arrays.fill(puts, new Mutation.Put(key(1, "a"), large));

        assertThatThrownBy(() -> EntryCodec.encode(Command.Commit.of(Transaction.of(puts))))
                .isInstanceOf(CommandTooLargeException.class);
    }

    @Test
    void varintsOfAllLengthsAreReadBack() {
        for (int value : new int[]{0, 1, 127, 128, 16_383, 16_384, 1 << 21, 1 << 28, -1}) {
            ByteSink sink = new ByteSink(1);
            sink.putVarint(value);

            assertThat(sink.length()).isEqualTo(ByteSink.varintLength(value));
            assertThat(new ByteSource(sink.toByteArray(), 0, sink.length()).getVarint())
                    .isEqualTo(value);
        }
    }

    private static Class<?> thrownBy(byte[] entry) {
        try {
            EntryCodec.decode(entry);
            return Object.class;
        } catch (RuntimeException failure) {
            return failure.getClass();
        }
    }

    private static byte[] encode(List<Command> commands) {
        return EntryAssembler.assemble(STAMP, commands.stream().map(EntryCodec::encode).toList());
    }

    private static Entry decode(String command) {
        byte[] bytes = HexFormat.of().parseHex(command);
        return EntryCodec.decode(EntryAssembler.assemble(STAMP, List.of(bytes)));
    }

    private static Key key(int route, String text) {
        return Key.of(route, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Value value(String text) {
        return Value.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
