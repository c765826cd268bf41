package io.quorate.sqs.engine;

import io.quorate.kv.KeyRange;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Versioned;
import io.quorate.sqs.keyspace.MessageKeys;
import io.quorate.sqs.model.Place;
import io.quorate.sqs.row.MessageRows;
import io.quorate.sqs.window.Step;
import io.quorate.sqs.window.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what a window asks for. A window is told of every read, the one that failed too. */
final class WindowReads {
    /** Most messages of one read of a lane. */
    private static final int LANE_ROWS = 512;
    /** Most timers of one read. */
    private static final int TIMER_ROWS = 1_024;
    /** Most reads of timers of one call: those that are due come before all others. */
    private static final int TIMER_READS = 4;

    private final Turn turn;

    WindowReads(Turn turn) {
        this.turn = turn;
    }

    /** Tells the window the time, and of the timers that it needs to know for that. */
    void passTime() {
        Window window = turn.window();
        window.pass(turn.now());
        for (int i = 0; i < TIMER_READS; i++) {
            Optional<Window.TimerRead> read = window.timerRead();
            if (read.isEmpty()) {
                return;
            }
            readTimers(window, read.get());
            window.pass(turn.now());
        }
    }

    private void readTimers(Window window, Window.TimerRead read) {
        Map<Place, Long> found = new LinkedHashMap<>();
        OptionalLong next = OptionalLong.empty();
        boolean done = false;
        try {
            ScanPage page = turn.view().peek(Scan.ascending(
                    turn.keys().timers(read.fromMillis(), Long.MAX_VALUE), TIMER_ROWS));
            for (Versioned row : page.rows()) {
                found.put(MessageKeys.timedPlaceOf(row.key()), MessageKeys.millisOf(row.key()));
            }
            if (page.more()) {
                // The last moment may go on behind the page.
                long last = MessageKeys.millisOf(page.rows().getLast().key());
                next = OptionalLong.of(Math.max(last, read.fromMillis() + 1));
            }
            done = true;
        } finally {
            if (done) {
                window.timersRead(read, found,
                        next.isPresent() ? Optional.of(next.getAsLong()) : Optional.empty());
            } else {
                window.abandoned(read);
            }
        }
    }

    /** Reads more of a lane. */
    void read(Step.ReadLane step) {
        List<Long> visible = new ArrayList<>();
        Optional<Long> next = Optional.empty();
        boolean done = false;
        try {
            ScanPage page = turn.view().peek(Scan.ascending(
                    turn.keys().places(step.lane(), step.from()), LANE_ROWS));
            for (Versioned row : page.rows()) {
                if (MessageRows.state(row.value()).isVisible(turn.now())) {
                    visible.add(MessageKeys.placeOf(row.key()).sequence());
                }
            }
            if (page.more()) {
                next = Optional.of(
                        MessageKeys.placeOf(page.rows().getLast().key()).sequence() + 1);
            }
            done = true;
        } finally {
            if (done) {
                turn.window().laneRead(step, visible, next);
            } else {
                turn.window().abandoned(step);
            }
        }
    }

    /** Searches for the next lane. */
    void search(Step.Search step) {
        Optional<String> lane = Optional.empty();
        boolean done = false;
        try {
            KeyRange range = step.first()
                    ? turn.keys().places()
                    : turn.keys().placesAfter(step.behind());
            lane = turn.view().peek(Scan.ascending(range, 1)).rows().stream().findFirst()
                    .map(row -> MessageKeys.placeOf(row.key()).lane());
            done = true;
        } finally {
            if (done) {
                turn.window().searched(step, lane);
            } else {
                turn.window().abandoned(step);
            }
        }
    }
}
