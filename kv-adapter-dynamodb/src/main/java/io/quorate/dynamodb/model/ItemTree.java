package io.quorate.dynamodb.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes stored items apart and puts them together again. Pure functions. */
public final class ItemTree {
    private ItemTree() {}

    /** All attributes, in the item's order; the map is the caller's. */
    public static Map<String, AttributeValue> attributes(Item item) {
        return entries(item.reader());
    }

    /** One attribute's value. */
    public static Optional<AttributeValue> attribute(Item item, String name) {
        return item.find(name).map(ItemTree::value);
    }

    /** The value a reader stands before. */
    public static AttributeValue value(ItemReader reader) {
        AttributeType type = reader.type();
        return switch (type) {
            case S, N, B -> new AttributeValue.Scalar(type, Bytes.of(reader.copyBytes()));
            case BOOL -> new AttributeValue.Bool(reader.bool());
            case NULL -> new AttributeValue.Nothing();
            case SS, NS, BS -> new AttributeValue.Members(type, members(reader.elements()));
            case L -> new AttributeValue.Elements(elements(reader.elements()));
            case M -> new AttributeValue.Entries(entries(reader.elements()));
        };
    }

    /**
     * Puts an item together.
     *
     * @throws IllegalArgumentException if a value is nested more deeply than an item may be
     */
    public static Item item(Map<String, AttributeValue> attributes) {
        ItemWriter writer = new ItemWriter(256);
        attributes.forEach((name, value) -> {
            writer.attribute(name);
            write(writer, value, 1);
        });
        return writer.toItem();
    }

    /** How deeply a value is nested; a scalar is level 1. */
    public static int depth(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Elements list -> 1 + list.elements().stream()
                    .mapToInt(ItemTree::depth).max().orElse(0);
            case AttributeValue.Entries map -> 1 + map.entries().values().stream()
                    .mapToInt(ItemTree::depth).max().orElse(0);
            case AttributeValue.Scalar leaf -> 1;
            case AttributeValue.Members leaf -> 1;
            case AttributeValue.Bool leaf -> 1;
            case AttributeValue.Nothing leaf -> 1;
        };
    }

    private static void write(ItemWriter writer, AttributeValue value, int depth) {
        if (depth > Item.MAX_DEPTH) {
            throw new IllegalArgumentException("nested beyond " + Item.MAX_DEPTH + " levels");
        }
        switch (value) {
            case AttributeValue.Scalar scalar ->
                writer.scalar(scalar.type(), scalar.encoded().shared());
            case AttributeValue.Bool bool -> writer.bool(bool.value());
            case AttributeValue.Nothing nothing -> writer.nothing();
            case AttributeValue.Members set -> writer.set(set.type(),
                    set.members().stream().map(Bytes::shared).toList(), size(set));
            case AttributeValue.Elements list -> {
                int mark = writer.begin(AttributeType.L);
                for (AttributeValue element : list.elements()) {
                    writer.element();
                    write(writer, element, depth + 1);
                }
                writer.end(mark);
            }
            case AttributeValue.Entries map -> {
                int mark = writer.begin(AttributeType.M);
                map.entries().forEach((name, entry) -> {
                    writer.entry(name);
                    write(writer, entry, depth + 1);
                });
                writer.end(mark);
            }
        }
    }

    private static long size(AttributeValue.Members set) {
        long size = 0;
        for (Bytes member : set.members()) {
            size += set.type() == AttributeType.NS
                    ? Decimal.decode(member.shared(), 0, member.length()).sizeBytes()
                    : member.length();
        }
        return size;
    }

    private static List<Bytes> members(ItemReader reader) {
        List<Bytes> members = new ArrayList<>();
        while (!reader.atEnd()) {
            members.add(Bytes.of(reader.copyBytes()));
        }
        return members;
    }

    private static List<AttributeValue> elements(ItemReader reader) {
        List<AttributeValue> elements = new ArrayList<>();
        while (!reader.atEnd()) {
            elements.add(value(reader));
        }
        return elements;
    }

    private static Map<String, AttributeValue> entries(ItemReader reader) {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        while (!reader.atEnd()) {
            int length = reader.length();
            String name = new String(reader.shared(), reader.position(), length,
                    StandardCharsets.UTF_8);
            reader.skip(length);
            entries.put(name, value(reader));
        }
        return entries;
    }
}
