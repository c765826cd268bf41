package io.quorate.sqs.row;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.model.MoveTask;
import io.quorate.sqs.model.QueueName;
import java.util.Optional;

/** The stored form of move tasks. Pure functions. */
public final class MoveTaskRows {
    private static final int VERSION = QueueRows.VERSION;

    private MoveTaskRows() {}

    /** The row of a task. */
    public static Value encode(MoveTask task) {
        MoveTask.Plan plan = task.plan();
        RowWriter out = QueueRows.name(new RowWriter(VERSION), plan.source())
                .text(plan.sourceArn()).flag(plan.destination().isPresent());
        plan.destination().ifPresent(queue -> QueueRows.name(out, queue));
        return out.text(plan.destinationArn()).number((int) plan.perSecond().orElse(0))
                .number(plan.start().millis()).text(plan.start().id())
                .number(plan.start().messages()).text(task.status().name()).number(task.moved())
                .text(task.failure()).toValue();
    }

    /** The task that a row holds. */
    public static MoveTask task(Value row) {
        RowReader in = new RowReader(row, VERSION);
        QueueName source = QueueRows.name(in);
        String arn = in.text();
        Optional<QueueName> destination = in.flag()
                ? Optional.of(QueueRows.name(in))
                : Optional.empty();
        MoveTask.Plan plan = new MoveTask.Plan(source, arn, destination, in.optionalText(),
                Optional.of(in.number()).filter(rate -> rate > 0),
                new MoveTask.Start(in.longNumber(), in.text(), in.longNumber()));
        return new MoveTask(plan, MoveTask.Status.valueOf(in.text()), in.longNumber(),
                in.optionalText());
    }
}
