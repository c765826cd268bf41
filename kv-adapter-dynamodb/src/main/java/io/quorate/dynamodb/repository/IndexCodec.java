package io.quorate.dynamodb.repository;

import io.quorate.dynamodb.model.AttributeDefinition;
import io.quorate.dynamodb.model.ScalarType;
import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.TableSettings;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.ArrayList;
import java.util.List;

/** The stored form of a table's indexes, also between nodes. Pure functions. */
final class IndexCodec {
    private static final int VERSION = 1;

    private IndexCodec() {}

    static byte[] encode(List<SecondaryIndex> indexes) {
        RowWriter out = new RowWriter(VERSION).octet(indexes.size());
        for (SecondaryIndex index : indexes) {
            out.text(index.name()).number(index.number()).text(index.scope().name());
            attributes(out, index.keys().partition());
            attributes(out, index.keys().sort());
            out.text(index.projection().type().name());
            out.number(index.projection().nonKey().size());
            index.projection().nonKey().forEach(out::text);
            out.text(index.state().status().name());
            out.number(index.state().throughput().readUnits())
                    .number(index.state().throughput().writeUnits());
        }
        return out.toValue().shared();
    }

    static List<SecondaryIndex> decode(byte[] bytes) {
        RowReader in = new RowReader(Value.of(bytes), VERSION);
        List<SecondaryIndex> indexes = new ArrayList<>();
        for (int rest = in.octet(); rest > 0; rest--) {
            String name = in.text();
            long number = in.longNumber();
            SecondaryIndex.Scope scope = SecondaryIndex.Scope.valueOf(in.text());
            SecondaryIndex.Keys keys = new SecondaryIndex.Keys(attributes(in), attributes(in));
            SecondaryIndex.Projection projection = new SecondaryIndex.Projection(
                    SecondaryIndex.ProjectionType.valueOf(in.text()), texts(in));
            SecondaryIndex.State state = new SecondaryIndex.State(
                    SecondaryIndex.Status.valueOf(in.text()),
                    new TableSettings.Throughput(in.longNumber(), in.longNumber()));
            indexes.add(new SecondaryIndex(name, number, scope, keys, projection, state));
        }
        return indexes;
    }

    static void attributes(RowWriter out, List<AttributeDefinition> attributes) {
        out.octet(attributes.size());
        for (AttributeDefinition attribute : attributes) {
            out.text(attribute.name()).text(attribute.type().name());
        }
    }

    static List<AttributeDefinition> attributes(RowReader in) {
        List<AttributeDefinition> attributes = new ArrayList<>();
        for (int rest = in.octet(); rest > 0; rest--) {
            attributes.add(new AttributeDefinition(in.text(), ScalarType.valueOf(in.text())));
        }
        return attributes;
    }

    private static List<String> texts(RowReader in) {
        List<String> texts = new ArrayList<>();
        for (int rest = in.number(); rest > 0; rest--) {
            texts.add(in.text());
        }
        return texts;
    }
}
