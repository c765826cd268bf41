package io.quorate.s3.repository;

import io.quorate.kv.ScanPage;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.keyspace.SettingKeyspace;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Element;
import io.quorate.s3.setting.SettingKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The stored form of settings. Pure functions. */
final class SettingRows {
    /** More than there are settings. */
    static final int MAX_ROWS = 64;

    private SettingRows() {}

    static Value encode(UUID bucket, Element setting) {
        return write(new RowWriter(Rows.VERSION).id(bucket), setting).toValue();
    }

    /** The setting, if the row is this bucket's and not one's of its name before. */
    static Optional<Element> decode(Bucket bucket, Value row) {
        RowReader in = new RowReader(row, Rows.VERSION);
        return in.id().equals(bucket.id()) ? Optional.of(element(in)) : Optional.empty();
    }

    static Map<SettingKind, Element> decode(Bucket bucket, ScanPage page) {
        Map<SettingKind, Element> settings = new EnumMap<>(SettingKind.class);
        for (Versioned row : page.rows()) {
            decode(bucket, row.value()).ifPresent(setting -> settings
                    .put(SettingKind.of(SettingKeyspace.number(row.key())), setting));
        }
        return settings;
    }

    static RowWriter write(RowWriter out, Element element) {
        out.text(element.name()).text(element.text()).number(element.children().size());
        element.children().forEach(child -> write(out, child));
        return out;
    }

    static Element element(RowReader in) {
        String name = in.text();
        String text = in.text();
        List<Element> children = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            children.add(element(in));
        }
        return new Element(name, text, children);
    }
}
