package io.quorate.s3.repository;

import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Listing;
import io.quorate.s3.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Lists the objects of buckets. A rolled-up prefix costs one seek, however many keys it has. Thread-safe. */
public final class ListingRepository {
    /** Most rows of one scan. */
    private static final int MAX_ROWS = 1_000;
    /** Rows of a scan that may meet a prefix to roll up: what follows is skipped anyway. */
    private static final int ROLLED_ROWS = 64;

    private final TransactionalKv kv;
    private final BucketRepository buckets;

    public ListingRepository(TransactionalKv kv, BucketRepository buckets) {
        this.kv = kv;
        this.buckets = buckets;
    }

    /**
     * What to list.
     *
     * @param bucket the bucket's name
     * @param account whose it must be
     * @param prefix keys begin with it
     * @param delimiter what ends a rolled-up prefix; empty for none
     * @param after keys and prefixes follow this; empty for the beginning
     */
    public record Query(String bucket, String account, String prefix, String delimiter,
            String after) {
        /** What the key is rolled up to; null if it stands for itself. */
        @Nullable
        String rolledUp(String key) {
            int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            return at < 0 ? null : key.substring(0, at + delimiter.length());
        }
    }

    /** One page of at most so many keys and prefixes. */
    public Mono<Listing> list(Query query, int most) {
        return buckets.find(query.bucket(), query.account()).flatMap(bucket -> most == 0
                ? Mono.just(new Listing(List.of(), List.of(), Optional.empty()))
                : Mono.defer(() -> new Walk(bucket, query, most).go()));
    }

    /** One listing on its way; one step at a time. */
    private final class Walk {
        private final Bucket bucket;
        private final Query query;
        private final int most;
        private final Key end;
        private final List<Listing.Entry> objects = new ArrayList<>();
        private final List<String> prefixes = new ArrayList<>();
        private Key from;
        private String last = "";
        private boolean truncated;
        private boolean done;

        Walk(Bucket bucket, Query query, int most) {
            this.bucket = bucket;
            this.query = query;
            this.most = most;
            KeyRange all = BucketKeyspace.manifests(bucket, query.prefix());
            this.end = all.end();
            this.from = start(all.start());
        }

        /** After a rolled-up prefix come the keys that do not begin with it. */
        private Key start(Key first) {
            String after = query.after();
            if (after.isEmpty()) {
                return first;
            }
            boolean wasPrefix = !query.delimiter().isEmpty() && after.startsWith(query.prefix())
                    && after.length() > query.prefix().length()
                    && after.equals(query.rolledUp(after));
            Key next = wasPrefix
                    ? BucketKeyspace.manifests(bucket, after).end()
                    : KeyEncoder.immediatelyAfter(BucketKeyspace.manifest(bucket, after));
            return next.compareTo(first) > 0 ? next : first;
        }

        Mono<Listing> go() {
            if (done || from.compareTo(end) >= 0) {
                return Mono.just(new Listing(objects, prefixes,
                        truncated ? Optional.of(last) : Optional.empty()));
            }
            int rows = query.delimiter().isEmpty()
                    ? Math.min(MAX_ROWS, most - count() + 1)
                    : ROLLED_ROWS;
            return kv.scan(Scan.ascending(new KeyRange(from, end), rows)).flatMap(page -> {
                take(page);
                return go();
            });
        }

        private int count() {
            return objects.size() + prefixes.size();
        }

        private void take(ScanPage page) {
            for (Versioned row : page.rows()) {
                if (row.key().compareTo(from) < 0) {
                    continue;
                }
                if (count() == most) {
                    truncated = true;
                    done = true;
                    return;
                }
                take(row);
            }
            done = !page.more();
        }

        private void take(Versioned row) {
            String key = BucketKeyspace.objectKey(row.key());
            String prefix = query.rolledUp(key);
            if (prefix == null) {
                Manifest manifest = Rows.manifest(row.value());
                objects.add(new Listing.Entry(key, manifest));
                last = key;
                from = KeyEncoder.immediatelyAfter(row.key());
            } else {
                prefixes.add(prefix);
                last = prefix;
                from = BucketKeyspace.manifests(bucket, prefix).end();
            }
        }
    }
}
