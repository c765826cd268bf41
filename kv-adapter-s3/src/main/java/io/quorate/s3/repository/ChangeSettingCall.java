package io.quorate.s3.repository;

import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.keyspace.SettingKeyspace;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Element;
import io.quorate.s3.setting.SettingKind;
import io.quorate.s3.setting.SettingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Writes or removes a setting. It reads the bucket's fence, so the bucket cannot be deleted meanwhile,
 * and the settings it must agree with.
 */
final class ChangeSettingCall implements LeaderHandler {
    static final String NAME = "s3.ChangeSetting";
    private static final int DONE = 0;
    private static final int NO_SUCH_BUCKET = 1;
    private static final int NOT_YOURS = 2;

    /**
     * What to change.
     *
     * @param bucket the bucket's name
     * @param account whose it must be
     * @param kind which setting
     * @param setting what to write; empty to remove what is there
     */
    record Request(String bucket, String account, SettingKind kind, Optional<Element> setting) {
        Value encode() {
            RowWriter out = new RowWriter(Rows.VERSION).text(bucket).text(account)
                    .octet(kind.id()).flag(setting.isPresent());
            setting.ifPresent(element -> SettingRows.write(out, element));
            return out.toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            return new Request(in.text(), in.text(), SettingKind.of(in.octet()),
                    in.flag() ? Optional.of(SettingRows.element(in)) : Optional.empty());
        }
    }

    @Override
    public List<Key> latches(Value request) {
        String bucket = new RowReader(request, Rows.VERSION).text();
        return List.of(SettingKeyspace.setting(bucket, 0));
    }

    @Override
    public Decision handle(LeaderView view, Value value) {
        Request request = Request.decode(value);
        Optional<Versioned> fence = view.get(BucketKeyspace.fence(request.bucket()));
        if (fence.isEmpty()) {
            return Decision.answer(answer(NO_SUCH_BUCKET));
        }
        Bucket bucket = Rows.bucket(fence.get().value());
        if (!bucket.account().equals(request.account())) {
            return Decision.answer(answer(NOT_YOURS));
        }
        Key key = SettingKeyspace.setting(bucket.name(), request.kind().id());
        if (request.setting().isEmpty() || isNothing(request)) {
            return new Decision(Transaction.of(SettingRules.leavesMark(request.kind())
                    ? new Mutation.Put(key, SettingRows.encode(bucket.id(), SettingRules.REMOVED))
                    : new Mutation.Delete(key)), answer(DONE));
        }
        Element setting = request.setting().get();
        return SettingRules.refusal(request.kind(), setting, SettingRows.decode(bucket,
                view.scan(Scan.ascending(SettingKeyspace.before(bucket.name(),
                        SettingKind.FIRST_OTHER), SettingRows.MAX_ROWS))))
                .map(refusal -> Decision.answer(answer(refusal.code())))
                .orElseGet(() -> written(view, bucket, request.kind(), setting));
    }

    private static Decision written(LeaderView view, Bucket bucket, SettingKind kind,
            Element setting) {
        List<Mutation> mutations = new ArrayList<>();
        mutations.add(new Mutation.Put(SettingKeyspace.setting(bucket.name(), kind.id()),
                SettingRows.encode(bucket.id(), setting)));
        if (kind == SettingKind.NOTIFICATION) {
            mutations.addAll(Outbox.test(view, bucket, setting));
        }
        return new Decision(new Transaction(List.of(), mutations), answer(DONE));
    }

    /** A configuration without queues is none. */
    private static boolean isNothing(Request request) {
        return request.kind() == SettingKind.NOTIFICATION
                && request.setting().orElseThrow().children().isEmpty();
    }

    private static Value answer(int code) {
        return new RowWriter(Rows.VERSION).octet(code).toValue();
    }

    /** Completes if it was done, fails as the client shall read it otherwise. */
    static Mono<Void> result(Value value) {
        int code = new RowReader(value, Rows.VERSION).octet();
        return switch (code) {
            case DONE -> Mono.empty();
            case NO_SUCH_BUCKET -> Mono.error(new S3Exception(S3Error.NO_SUCH_BUCKET));
            case NOT_YOURS -> Mono.error(new S3Exception(S3Error.ACCESS_DENIED));
            default -> Mono.error(new S3Exception(
                    switch (SettingRules.Refusal.of(code)) {
                        case BLOCKED -> S3Error.ACCESS_DENIED;
                        case NO_LISTS -> S3Error.ACL_NOT_SUPPORTED;
                        case LIST_GRANTS -> S3Error.ACL_WITH_OWNERSHIP;
                    }));
        };
    }
}
