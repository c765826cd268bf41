package io.quorate.sqs.engine;

import io.quorate.kv.Scan;
import io.quorate.kv.Versioned;
import io.quorate.sqs.keyspace.MessageKeys;
import io.quorate.sqs.model.MessageState;
import io.quorate.sqs.model.Place;
import io.quorate.sqs.row.MessageRows;
import io.quorate.sqs.window.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The first messages of a message group. While one of a group is in flight the group is closed; as at
 * most {@value ReceiveCall#MAX_MESSAGES} are received at once, and only while none is in flight, those
 * in flight are among the first so many.
 *
 * @param visible those that can be received, in order, up to the first that cannot
 * @param isOpen whether none is in flight
 * @param floor nothing is left of the group before it
 */
record FifoHead(List<Place> visible, boolean isOpen, long floor) {
    static FifoHead read(Turn turn, Step.Try step) {
        List<Versioned> rows = turn.view().peek(Scan.ascending(
                turn.keys().places(step.group(), step.floor()), ReceiveCall.MAX_MESSAGES)).rows();
        List<Place> visible = new ArrayList<>();
        boolean open = true;
        boolean inOrder = true;
        for (Versioned row : rows) {
            MessageState state = MessageRows.state(row.value());
            open &= !state.isInFlight(turn.now());
            inOrder &= state.isVisible(turn.now());
            if (inOrder) {
                visible.add(MessageKeys.placeOf(row.key()));
            }
        }
        long floor = rows.isEmpty()
                ? step.floor()
                : MessageKeys.placeOf(rows.getFirst().key()).sequence();
        return new FifoHead(visible, open, floor);
    }
}
