package io.quorate.kv.leader;

import io.quorate.kv.Key;
import io.quorate.kv.RetryId;
import io.quorate.kv.Value;
import io.quorate.kv.command.CommandId;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;

/**
 * A handler's call as it is sent to the leader.
 *
 * @param call what is called
 * @param id under which it is known if it comes again
 */
record HandlerRequest(LeaderCalls.Call call, CommandId id) {
    private static final int FORM = 1;

    Value encode() {
        return new RowWriter(FORM).text(call.name()).number(call.key().route())
                .bytes(call.key().shared()).bytes(id.id().shared()).number(id.validBefore())
                .flag(id.keptForCaller()).bytes(call.request().shared()).toValue();
    }

    static HandlerRequest decode(Value request) {
        RowReader row = new RowReader(request, FORM);
        String name = row.text();
        Key key = Key.of(row.number(), row.bytes());
        CommandId id = new CommandId(RetryId.of(row.bytes()), row.longNumber(), row.flag());
        return new HandlerRequest(new LeaderCalls.Call(key, name, Value.of(row.bytes())), id);
    }
}
