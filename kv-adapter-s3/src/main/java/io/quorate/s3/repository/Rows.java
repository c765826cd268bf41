package io.quorate.s3.repository;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.ObjectLock;
import io.quorate.s3.model.Retention;
import io.quorate.s3.model.Versioning;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The stored forms of buckets, and what all stored forms share. Pure functions. */
final class Rows {
    /** The version of every stored form and call of this room. */
    static final int VERSION = 2;

    private Rows() {}

    static Value encode(Bucket bucket) {
        RowWriter out = new RowWriter(VERSION).id(bucket.id()).text(bucket.name())
                .text(bucket.account()).text(bucket.region()).number(bucket.createdMillis())
                .octet(bucket.versioning().code()).flag(bucket.lock().isPresent());
        bucket.lock().ifPresent(lock -> write(out, lock));
        return out.toValue();
    }

    static Bucket bucket(Value row) {
        RowReader in = new RowReader(row, VERSION);
        return new Bucket(in.id(), in.text(), in.text(), in.text(), in.longNumber(),
                Versioning.of(in.octet()), in.flag() ? Optional.of(lock(in)) : Optional.empty());
    }

    static void write(RowWriter out, ObjectLock lock) {
        out.flag(lock.rule().isPresent());
        lock.rule().ifPresent(rule -> out.flag(isCompliance(rule.mode())).number(rule.count())
                .flag(rule.inYears()));
    }

    static ObjectLock lock(RowReader in) {
        return new ObjectLock(in.flag()
                ? Optional.of(new ObjectLock.Rule(mode(in), in.number(), in.flag()))
                : Optional.empty());
    }

    static boolean isCompliance(Retention.Mode mode) {
        return mode == Retention.Mode.COMPLIANCE;
    }

    static Retention.Mode mode(RowReader in) {
        return in.flag() ? Retention.Mode.COMPLIANCE : Retention.Mode.GOVERNANCE;
    }

    /** The row of the latest version. */
    static Manifest manifest(Value row) {
        return ManifestRows.manifest(new RowReader(row, VERSION));
    }

    static void write(RowWriter out, Map<String, String> texts) {
        out.number(texts.size());
        texts.forEach((name, value) -> out.text(name).text(value));
    }

    static Map<String, String> map(RowReader in) {
        Map<String, String> texts = new HashMap<>();
        for (int left = in.number(); left > 0; left--) {
            texts.put(in.text(), in.text());
        }
        return texts;
    }
}
