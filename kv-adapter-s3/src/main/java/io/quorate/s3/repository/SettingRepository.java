package io.quorate.s3.repository;

import io.quorate.aws.policy.Policy;
import io.quorate.kv.AtLeader;
import io.quorate.kv.RetryId;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Versioned;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.keyspace.SettingKeyspace;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Element;
import io.quorate.s3.setting.BucketAccess;
import io.quorate.s3.setting.BucketPolicies;
import io.quorate.s3.setting.SettingKind;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** The settings of buckets in the store. Thread-safe. */
public final class SettingRepository {
    /** Policies kept in their read form; beyond, all are forgotten. */
    private static final int MAX_POLICIES = 1_000;

    private final TransactionalKv kv;
    private final AtLeader leader;
    /** By the version of the row it was read from, so what is kept is never an old one's. */
    private final Map<PolicyVersion, Policy> policies = new ConcurrentHashMap<>();

    /** Registers its handlers; make it before the node starts. */
    public SettingRepository(TransactionalKv kv, AtLeader leader) {
        this.kv = kv;
        this.leader = leader;
        leader.register(ChangeSettingCall.NAME, new ChangeSettingCall());
    }

    private record PolicyVersion(UUID bucket, long version) {}

    /** A bucket and who may do what with it; empty if there is none of the name. */
    public Mono<Optional<BucketAccess>> access(String bucket) {
        return Mono.zip(kv.get(BucketKeyspace.fence(bucket)),
                kv.scan(Scan.ascending(
                        SettingKeyspace.before(bucket, SettingKind.FIRST_OTHER),
                        SettingRows.MAX_ROWS)),
                (fence, settings) -> fence
                        .map(row -> access(Rows.bucket(row.value()), settings)));
    }

    private BucketAccess access(Bucket bucket, ScanPage page) {
        Map<SettingKind, Element> settings = SettingRows.decode(bucket, page);
        Optional<Policy> policy = Optional.ofNullable(settings.get(SettingKind.POLICY))
                .map(element -> policy(bucket, page, element));
        return new BucketAccess(bucket, policy, settings);
    }

    private Policy policy(Bucket bucket, ScanPage page, Element element) {
        long version = page.rows().stream()
                .filter(row -> SettingKeyspace.number(row.key()) == SettingKind.POLICY.id())
                .mapToLong(Versioned::version).findFirst().orElseThrow();
        PolicyVersion name = new PolicyVersion(bucket.id(), version);
        Policy known = policies.get(name);
        if (known != null) {
            return known;
        }
        if (policies.size() >= MAX_POLICIES) {
            policies.clear();
        }
        Policy read = BucketPolicies.policy(element);
        policies.put(name, read);
        return read;
    }

    /** One setting as it is stored. */
    public Mono<Optional<Element>> find(Bucket bucket, SettingKind kind) {
        return kv.get(SettingKeyspace.setting(bucket.name(), kind.id()))
                .map(row -> row.flatMap(found -> SettingRows.decode(bucket, found.value())));
    }

    /**
     * Writes or removes a setting.
     *
     * @param account whose the bucket must be
     * @param setting what to write, checked; empty to remove what is there
     * @param retryId if present, a repetition is answered as the first request was
     */
    public Mono<Void> change(String bucket, String account, SettingKind kind,
            Optional<Element> setting, Optional<RetryId> retryId) {
        return leader.call(BucketKeyspace.fence(bucket), ChangeSettingCall.NAME,
                new ChangeSettingCall.Request(bucket, account, kind, setting).encode(), retryId)
                .flatMap(ChangeSettingCall::result);
    }
}
