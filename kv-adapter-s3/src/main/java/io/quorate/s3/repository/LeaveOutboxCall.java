package io.quorate.s3.repository;

import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.keyspace.OutboxKeyspace;
import io.quorate.s3.keyspace.SettingKeyspace;
import io.quorate.s3.setting.SettingKind;
import java.util.List;

/** Takes a bucket out of those that may have events, if it has none and asks for none. */
final class LeaveOutboxCall implements LeaderHandler {
    static final String NAME = "s3.LeaveOutbox";

    static Value request(String bucket) {
        return new RowWriter(Rows.VERSION).text(bucket).toValue();
    }

    @Override
    public List<Key> latches(Value request) {
        return List.of(OutboxKeyspace.sender(new RowReader(request, Rows.VERSION).text()));
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        String bucket = new RowReader(request, Rows.VERSION).text();
        boolean sends = view
                .get(SettingKeyspace.setting(bucket, SettingKind.NOTIFICATION.id())).isPresent()
                || !view.scan(Scan.ascending(OutboxKeyspace.events(bucket), 1)).rows().isEmpty();
        return sends
                ? Decision.answer(Value.empty())
                : new Decision(
                        Transaction.of(new Mutation.Delete(OutboxKeyspace.sender(bucket))),
                        Value.empty());
    }
}
