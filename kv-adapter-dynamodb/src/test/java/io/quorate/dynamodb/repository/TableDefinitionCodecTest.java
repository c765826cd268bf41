package io.quorate.dynamodb.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.ScalarType;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.model.TableSettings;
import io.quorate.kv.RetryId;
import io.quorate.kv.Value;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TableDefinitionCodecTest {
    private static final AttributeDefinition HASH = new AttributeDefinition("a", ScalarType.S);
    private static final AttributeDefinition RANGE = new AttributeDefinition("\u00e9",
            ScalarType.N);

    @Test
    void aDefinitionWithEverythingComesBack() {
        TableDefinition table = new TableDefinition(new TableName("000000000000", "things"),
                new TableDefinition.Identity(Long.MAX_VALUE, 3, new UUID(1, -2), 1_764_000_000_123L,
                        RetryId.of(new byte[RetryId.LENGTH])),
                new KeySchema(HASH, RANGE), List.of(RANGE, HASH),
                new TableSettings(TableSettings.Billing.PROVISIONED,
                        new TableSettings.Throughput(5, 6),
                        TableSettings.TableClass.STANDARD_INFREQUENT_ACCESS, true,
                        List.of(new TableSettings.Tag("k", "v"), new TableSettings.Tag("l", ""))));

        assertThat(TableDefinitionCodec.decode(TableDefinitionCodec.encode(table)))
                .isEqualTo(table);
    }

    @Test
    void aDefinitionWithLittleComesBack() {
        assertThat(TableDefinitionCodec.decode(TableDefinitionCodec.encode(little())))
                .isEqualTo(little());
    }

    @Test
    void anotherVersionAndATruncatedRowAreNotGuessedAt() {
        byte[] bytes = TableDefinitionCodec.encode(little()).toByteArray();
        byte[] truncated = Arrays.copyOf(bytes, bytes.length - 1);
        bytes[0]++;

        assertThatThrownBy(() -> TableDefinitionCodec.decode(Value.of(bytes)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> TableDefinitionCodec.decode(Value.of(truncated)))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static TableDefinition little() {
        return new TableDefinition(new TableName("000000000000", "things"),
                new TableDefinition.Identity(1, 1, new UUID(1, 2), 0, null),
                new KeySchema(HASH, null), List.of(HASH),
                new TableSettings(TableSettings.Billing.PAY_PER_REQUEST,
                        TableSettings.Throughput.NONE, null, false, List.of()));
    }
}
