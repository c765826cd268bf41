package io.quorate.sqs.window;

import io.quorate.sqs.model.Place;
import java.util.List;
import java.util.Optional;

/**
 * The window of a standard queue. Lanes take turns, message by message, so that the backlog of one
 * message group does not delay the others (fair queues).
 */
final class StandardWindow extends Window {
    /** Messages of a lane that are in memory however many lanes there are. */
    private static final int LEAST_READY = 16;

    private Lanes<Lane> lanes = new Lanes<>();

    StandardWindow(long term) {
        super(term);
    }

    @Override
    public synchronized Step next(boolean search) {
        if (lanes.wantsReading() && (search || lanes.turns() == 0)) {
            return new Step.Search(lanes.beginsAtFirst(), lanes.read());
        }
        while (true) {
            Optional<String> turn = lanes.nextTurn();
            if (turn.isEmpty()) {
                return new Step.Nothing();
            }
            String name = turn.get();
            Lane lane = lanes.get(name);
            if (lane == null) {
                continue;
            }
            if (lane.wantsReading()) {
                lanes.queue(name);
                return new Step.ReadLane(name, lane.read());
            }
            Optional<Long> sequence = lane.take();
            if (sequence.isPresent()) {
                goOn(name, lane);
                return new Step.Take(new Place(name, sequence.get()));
            }
            dropIfEmpty(name, lane);
        }
    }

    private void goOn(String name, Lane lane) {
        if (lanes.isFull() && !lanes.isComplete()) {
            lanes.makeRoom(name);
        } else if (!lane.isEmpty()) {
            lanes.queue(name);
        }
    }

    @Override
    public synchronized void laneRead(Step.ReadLane read, List<Long> visible,
            Optional<Long> next) {
        Lane lane = lanes.get(read.lane());
        if (lane != null) {
            lane.filled(read.ticket(), visible, next.orElse(Lane.END));
            lanes.queue(read.lane());
        }
    }

    @Override
    public synchronized void searched(Step.Search search, Optional<String> found) {
        if (lanes.filled(search.ticket(), found)) {
            String name = found.orElseThrow();
            if (lanes.admit(name, () -> new Lane(0)).isPresent()) {
                lanes.queue(name);
            }
        }
    }

    @Override
    public void tried(String group, long floor, boolean more) {
        throw new IllegalStateException("a standard queue has no closed groups");
    }

    @Override
    void appeared(Place place) {
        lanes.admit(place.lane(), () -> new Lane(lanes.isComplete() ? Lane.END : 0))
                .ifPresent(lane -> {
                    lane.offer(place.sequence(), bound());
                    lanes.queue(place.lane());
                });
    }

    @Override
    void settled(Place place, boolean visible) {
        Lane lane = lanes.get(place.lane());
        if (lane != null) {
            lane.left(place.sequence());
        }
        if (visible) {
            appeared(place);
        } else if (lane != null) {
            dropIfEmpty(place.lane(), lane);
        }
    }

    @Override
    void hidden(Place place) {
        settled(place, false);
    }

    @Override
    public synchronized void abandoned(Step step) {
        switch (step) {
            case Step.Take(Place place) -> putBack(place);
            case Step.ReadLane read -> laneRead(read, List.of(), Optional.of(read.from()));
            case Step.Search search -> lanes.abandoned(search.ticket());
            case Step.Try unknown -> throw new IllegalStateException("not of this queue");
            case Step.Nothing nothing -> {
                // Nothing was begun.
            }
        }
    }

    @Override
    int taken() {
        int taken = 0;
        for (Lane lane : lanes.all()) {
            taken += lane.taken();
        }
        return taken;
    }

    @Override
    void forgetLanes() {
        lanes = new Lanes<>();
    }

    private void dropIfEmpty(String name, Lane lane) {
        if (lane.isEmpty()) {
            lanes.drop(name);
        }
    }

    /** Most messages of one lane in memory. */
    private int bound() {
        return Math.max(LEAST_READY, READY_BOUND / Math.max(1, lanes.size()));
    }
}
