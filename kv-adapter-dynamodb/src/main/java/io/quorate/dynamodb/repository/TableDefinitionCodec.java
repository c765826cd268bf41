package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.KeySchema;
import io.quorate.dynamodb.model.ScalarType;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.StreamView;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableExtras;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.model.TableSettings;
import io.quorate.dynamodb.model.TableStream;
import io.quorate.kv.RetryId;
import io.quorate.kv.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stored form of a table's definition: a version byte and the fields in order. Stateless. */
final class TableDefinitionCodec {
    private static final int VERSION = 3;
    private static final int WITHOUT_STREAM = 2;
    private static final int WITHOUT_EXTRAS = 1;

    private TableDefinitionCodec() {}

    static Value encode(TableDefinition table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(table.name().account());
            out.writeUTF(table.name().name());
            writeIdentity(out, table.identity());
            writeAttribute(out, table.keys().partition());
            AttributeDefinition sort = table.keys().sort();
            out.writeBoolean(sort != null);
            if (sort != null) {
                writeAttribute(out, sort);
            }
            out.writeShort(table.attributes().size());
            for (AttributeDefinition attribute : table.attributes()) {
                writeAttribute(out, attribute);
            }
            writeSettings(out, table.settings());
            writeExtras(out, table.extras());
            writeStream(out, table.extras().stream());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Value.of(bytes.toByteArray());
    }

    static TableDefinition decode(Value value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value.shared()))) {
            int version = in.readByte();
            if (version < WITHOUT_EXTRAS || version > VERSION) {
                throw new IllegalStateException("a table definition of version " + version);
            }
            TableName name = new TableName(in.readUTF(), in.readUTF());
            TableDefinition.Identity identity = readIdentity(in);
            AttributeDefinition partition = readAttribute(in);
            KeySchema keys = new KeySchema(partition, in.readBoolean() ? readAttribute(in) : null);
            List<AttributeDefinition> attributes = new ArrayList<>();
            for (int rest = in.readShort(); rest > 0; rest--) {
                attributes.add(readAttribute(in));
            }
            TableSettings settings = readSettings(in);
            TableExtras extras = version == WITHOUT_EXTRAS ? TableExtras.NONE : readExtras(in);
            return new TableDefinition(name, identity, keys, attributes, settings,
                    version <= WITHOUT_STREAM ? extras : extras.withStream(readStream(in)));
        } catch (IOException truncated) {
            throw new UncheckedIOException("a table definition is truncated", truncated);
        }
    }

    private static void writeIdentity(DataOutputStream out, TableDefinition.Identity identity)
            throws IOException {
        out.writeLong(identity.number());
        out.writeLong(identity.schemaVersion());
        out.writeLong(identity.id().getMostSignificantBits());
        out.writeLong(identity.id().getLeastSignificantBits());
        out.writeLong(identity.createdAtMillis());
        RetryId createdBy = identity.createdBy();
        out.writeBoolean(createdBy != null);
        if (createdBy != null) {
            out.write(createdBy.shared());
        }
    }

    private static TableDefinition.Identity readIdentity(DataInputStream in) throws IOException {
        long number = in.readLong();
        long schemaVersion = in.readLong();
        UUID id = new UUID(in.readLong(), in.readLong());
        long createdAtMillis = in.readLong();
        @Nullable
        RetryId createdBy = null;
        if (in.readBoolean()) {
            byte[] bytes = new byte[RetryId.LENGTH];
            in.readFully(bytes);
            createdBy = RetryId.of(bytes);
        }
        return new TableDefinition.Identity(number, schemaVersion, id, createdAtMillis, createdBy);
    }

    private static void writeAttribute(DataOutputStream out, AttributeDefinition attribute)
            throws IOException {
        out.writeUTF(attribute.name());
        out.writeUTF(attribute.type().name());
    }

    private static AttributeDefinition readAttribute(DataInputStream in) throws IOException {
        return new AttributeDefinition(in.readUTF(), ScalarType.valueOf(in.readUTF()));
    }

    private static void writeSettings(DataOutputStream out, TableSettings settings)
            throws IOException {
        out.writeUTF(settings.billing().name());
        out.writeLong(settings.throughput().readUnits());
        out.writeLong(settings.throughput().writeUnits());
        TableSettings.TableClass tableClass = settings.tableClass();
        out.writeUTF(tableClass == null ? "" : tableClass.name());
        out.writeBoolean(settings.deletionProtection());
        out.writeShort(settings.tags().size());
        for (TableSettings.Tag tag : settings.tags()) {
            out.writeUTF(tag.key());
            out.writeUTF(tag.value());
        }
    }

    private static TableSettings readSettings(DataInputStream in) throws IOException {
        TableSettings.Billing billing = TableSettings.Billing.valueOf(in.readUTF());
        TableSettings.Throughput throughput = new TableSettings.Throughput(in.readLong(),
                in.readLong());
        String tableClass = in.readUTF();
        boolean protection = in.readBoolean();
        List<TableSettings.Tag> tags = new ArrayList<>();
        for (int rest = in.readShort(); rest > 0; rest--) {
            tags.add(new TableSettings.Tag(in.readUTF(), in.readUTF()));
        }
        return new TableSettings(billing, throughput,
                tableClass.isEmpty() ? null : TableSettings.TableClass.valueOf(tableClass),
                protection, tags);
    }

    private static void writeExtras(DataOutputStream out, TableExtras extras) throws IOException {
        writeBytes(out, IndexCodec.encode(extras.indexes()));
        out.writeUTF(extras.timeToLive() == null ? "" : extras.timeToLive());
        TableExtras.Policy policy = extras.policy();
        out.writeBoolean(policy != null);
        if (policy != null) {
            writeBytes(out, policy.document().getBytes(StandardCharsets.UTF_8));
            out.writeUTF(policy.revision());
        }
    }

    private static TableExtras readExtras(DataInputStream in) throws IOException {
        List<SecondaryIndex> indexes = IndexCodec.decode(readBytes(in));
        String timeToLive = in.readUTF();
        return new TableExtras(indexes, timeToLive.isEmpty() ? null : timeToLive,
                in.readBoolean()
                        ? new TableExtras.Policy(
                                new String(readBytes(in), StandardCharsets.UTF_8), in.readUTF())
                        : null,
                null);
    }

    private static void writeStream(DataOutputStream out, @Nullable TableStream stream)
            throws IOException {
        out.writeBoolean(stream != null);
        if (stream != null) {
            out.writeLong(stream.createdAtMillis());
            out.writeUTF(stream.view().name());
            out.writeLong(stream.disabledAtMillis());
        }
    }

    private static @Nullable TableStream readStream(DataInputStream in) throws IOException {
        return in.readBoolean()
                ? new TableStream(in.readLong(), StreamView.valueOf(in.readUTF()), in.readLong())
                : null;
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
