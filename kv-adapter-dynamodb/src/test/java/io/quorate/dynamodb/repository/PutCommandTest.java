package io.quorate.dynamodb.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.ItemWriter;
import io.quorate.kv.Key;
import io.quorate.kv.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PutCommandTest {
    private static final Key KEY = Key.of(0xFFFF, new byte[]{1, 2, 3});

    @ParameterizedTest
    @EnumSource
    void aCommandComesBack(PutReturns returns) {
        PutCommand command = new PutCommand(returns, Long.MAX_VALUE, 3, KEY,
                Value.of(new byte[]{9, 8}));

        Value request = command.encode();

        assertThat(PutCommand.decode(request)).isEqualTo(command);
        assertThat(PutCommand.keyOf(request)).isEqualTo(KEY);
        assertThat(PutCommand.keyOf(request).route()).isEqualTo(0xFFFF);
    }

    @Test
    void aCommandOfAnotherVersionIsNotGuessedAt() {
        byte[] bytes = new PutCommand(PutReturns.ITEM, 1, 1, KEY, Value.empty()).encode()
                .toByteArray();
        bytes[0]++;

        assertThatThrownBy(() -> PutCommand.decode(Value.of(bytes)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anOutcomeTellsWhatWasAsked() {
        ItemWriter writer = new ItemWriter(64);
        writer.attribute("abc");
        writer.bool(true);
        Item old = writer.toItem();

        assertThat(outcome(PutReturns.NOTHING, old)).isEqualTo(PutOutcome.NOTHING);
        assertThat(outcome(PutReturns.SIZE, old)).isEqualTo(new PutOutcome(4, Optional.empty()));
        assertThat(outcome(PutReturns.ITEM, old)).isEqualTo(new PutOutcome(4, Optional.of(old)));
        assertThat(PutOutcome.decode(PutOutcome.encode(PutReturns.ITEM, Optional.empty())))
                .isEqualTo(PutOutcome.NOTHING);
    }

    private static PutOutcome outcome(PutReturns returns, Item old) {
        return PutOutcome.decode(PutOutcome.encode(returns, Optional.of(old)));
    }
}
