package io.quorate.dynamodb.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.dynamodb.model.StreamView;
import io.quorate.kv.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Nodes of two releases understand each other while a cluster is upgraded. */
class WriteCommandTest {
    /**
     * Made by the release before streams: a put of (a, 12) and an update of (b, 12) of table 7 in version
     * 3, which has an index, with a token for ten minutes.
     */
    private static final String RECORDED = "write-command-v1.bin";

    @Test
    void aCommandOfTheReleaseBeforeStreamsIsRead() throws IOException {
        WriteCommand command = WriteCommand.decode(recorded());

        assertThat(command.writes()).extracting(ItemWrite::action)
                .containsExactly(ItemWrite.Action.PUT, ItemWrite.Action.UPDATE);
        ItemWrite update = command.writes().get(1);
        assertThat(update.target().table()).isEqualTo(7);
        assertThat(update.target().schemaVersion()).isEqualTo(3);
        assertThat(update.target().keys().names()).containsExactly("id", "at");
        assertThat(update.target().indexes()).singleElement()
                .satisfies(index -> assertThat(index.name()).isEqualTo("by-owner"));
        assertThat(update.target().stream()).isNull();
        assertThat(update.expressions().condition()).isEqualTo("attribute_not_exists(#n)");
        assertThat(update.expressions().update()).isEqualTo("ADD #n :one");
        assertThat(update.expressions().names()).isEqualTo(Map.of("#n", "n"));
        assertThat(update.returning())
                .isEqualTo(new ItemWrite.Returning(ItemWrite.Values.ALL_NEW, true, true));
        assertThat(Objects.requireNonNull(command.token()).windowMillis()).isEqualTo(600_000);
    }

    @Test
    void itsLatchesAreItsRowsAndItsToken() throws IOException {
        WriteCommand command = WriteCommand.decode(recorded());

        assertThat(WriteCommand.rowsOf(recorded())).containsExactly(
                command.writes().get(0).row(), command.writes().get(1).row(),
                Objects.requireNonNull(command.token()).row());
    }

    @Test
    void whatTheReleaseBeforeKnowsIsSaidAsItReadsIt() throws IOException {
        assertThat(WriteCommand.decode(recorded()).encode()).isEqualTo(recorded());
    }

    @Test
    void whatItDoesNotKnowHasAnotherVersion() throws IOException {
        WriteCommand old = WriteCommand.decode(recorded());
        WriteTarget plain = old.writes().getFirst().target();
        WriteTarget.Stream stream = new WriteTarget.Stream(5, StreamView.NEW_IMAGE);
        ItemWrite write = old.writes().getFirst();
        WriteCommand streamed = new WriteCommand(List.of(new ItemWrite(write.action(),
                new WriteTarget(plain.table(), plain.schemaVersion(), plain.keys(),
                        plain.indexes(), stream),
                write.address(), write.item(), write.expressions(), write.returning())), null);

        Value encoded = streamed.encode();

        assertThat(encoded.shared()[0]).isEqualTo((byte) 2);
        assertThat(WriteCommand.decode(encoded).writes().getFirst().target().stream())
                .isEqualTo(stream);
    }

    @Test
    void aVersionOfTheFutureIsRefused() throws IOException {
        byte[] future = recorded().shared().clone();
        future[0] = 3;

        assertThatThrownBy(() -> WriteCommand.decode(Value.of(future)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("version 3");
    }

    private static Value recorded() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                WriteCommandTest.class.getResourceAsStream(RECORDED), RECORDED)) {
            return Value.of(in.readAllBytes());
        }
    }
}
