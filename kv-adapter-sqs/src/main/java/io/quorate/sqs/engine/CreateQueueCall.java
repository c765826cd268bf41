package io.quorate.sqs.engine;

import io.quorate.kv.Key;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.keyspace.QueueKeyspace;
import io.quorate.sqs.model.QueueAttribute;
import io.quorate.sqs.model.QueueDefinition;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.QueueSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates a queue with its fence, or finds the one that is there: creating it again with the same
 * values of the attributes named is no error.
 */
public final class CreateQueueCall implements LeaderHandler {
    /** The name it is registered under. */
    public static final String NAME = "sqs.CreateQueue";

    /**
     * What to create.
     *
     * @param id the id of the queue, if it is new
     * @param name its name
     * @param chosen the attributes that the request names
     * @param tags its tags
     */
    public record Request(UUID id, QueueName name, Map<QueueAttribute, Integer> chosen,
            Map<String, String> tags) {
        /** The form the leader gets. */
        public Value encode() {
            RowWriter out = new RowWriter(Rows.VERSION).id(id).text(name.account())
                    .text(name.name());
            return Rows.tags(Rows.settings(out, chosen), tags).toValue();
        }

        static Request decode(Value value) {
            RowReader in = new RowReader(value, Rows.VERSION);
            return new Request(in.id(), new QueueName(in.text(), in.text()), Rows.settings(in),
                    Rows.tags(in));
        }
    }

    /** The attribute in which an existing queue differs; empty if there is a queue as asked for. */
    public static Optional<String> differingAttribute(Value answer) {
        return new RowReader(answer, Rows.VERSION).optionalText();
    }

    @Override
    public List<Key> latches(Value request) {
        return List.of(QueueKeyspace.definition(Request.decode(request).name()));
    }

    @Override
    public Decision handle(LeaderView view, Value request) {
        Request asked = Request.decode(request);
        Key key = QueueKeyspace.definition(asked.name());
        Optional<Versioned> existing = view.get(key);
        if (existing.isPresent()) {
            return Decision.answer(answer(
                    difference(Rows.definition(existing.get().value()).settings(), asked)));
        }
        Value row = Rows.encode(new QueueDefinition(asked.id(), asked.name(),
                new QueueSettings(asked.chosen()), asked.tags(), view.nowMillis()));
        return new Decision(
                Transaction.of(new Mutation.Put(key, row),
                        new Mutation.Put(QueueKeyspace.fence(asked.name()), row)),
                answer(Optional.empty()));
    }

    private static Optional<String> difference(QueueSettings existing, Request asked) {
        return asked.chosen().entrySet().stream()
                .filter(chosen -> existing.get(chosen.getKey()) != chosen.getValue())
                .map(chosen -> chosen.getKey().wireName()).sorted().findFirst();
    }

    private static Value answer(Optional<String> differing) {
        return new RowWriter(Rows.VERSION).text(differing).toValue();
    }
}
