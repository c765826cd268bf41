package io.quorate.sqs.window;

import io.quorate.sqs.model.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The window of a FIFO queue: which message groups are worth looking at, in turn. One receive at a
 * time looks at a group; the order within it is the store's.
 */
final class FifoWindow extends Window {
    private Lanes<Group> groups = new Lanes<>();
    private final Map<String, Long> floors = new LinkedHashMap<>(16, 0.75F, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > READY_BOUND;
        }
    };

    FifoWindow(long term) {
        super(term);
    }

    /** A group in memory: waiting for its turn, or looked at. */
    private static final class Group {
        private boolean closed;
        /** Something happened to it since it was closed. */
        private boolean again;
    }

    @Override
    public synchronized Step next(boolean search) {
        if (groups.wantsReading() && (search || groups.turns() == 0)) {
            return new Step.Search(groups.beginsAtFirst(), groups.read());
        }
        while (true) {
            Optional<String> turn = groups.nextTurn();
            if (turn.isEmpty()) {
                return new Step.Nothing();
            }
            Group group = groups.get(turn.get());
            if (group != null && !group.closed) {
                group.closed = true;
                group.again = false;
                return new Step.Try(turn.get(), floors.getOrDefault(turn.get(), 0L));
            }
        }
    }

    @Override
    public synchronized void tried(String name, long floor, boolean more) {
        floors.put(name, floor);
        open(name, more);
    }

    @Override
    public void laneRead(Step.ReadLane read, List<Long> visible, Optional<Long> next) {
        throw new IllegalStateException("a FIFO queue reads its groups when it tries them");
    }

    @Override
    public synchronized void searched(Step.Search search, Optional<String> found) {
        if (groups.filled(search.ticket(), found)) {
            worthALook(found.orElseThrow());
        }
    }

    @Override
    void appeared(Place place) {
        worthALook(place.lane());
    }

    /** Whatever happened to a message of the group may have opened it. */
    @Override
    void settled(Place place, boolean visible) {
        worthALook(place.lane());
    }

    /** A group with a message in flight is closed until that is settled. */
    @Override
    void hidden(Place place) {
        // Its timer, its deletion or a change of its visibility opens the group.
    }

    @Override
    public synchronized void abandoned(Step step) {
        switch (step) {
            case Step.Try(String group, long floor) -> open(group, true);
            case Step.Search search -> groups.abandoned(search.ticket());
            case Step.Take unknown -> throw new IllegalStateException("not of this queue");
            case Step.ReadLane unknown -> throw new IllegalStateException("not of this queue");
            case Step.Nothing nothing -> {
                // Nothing was begun.
            }
        }
    }

    @Override
    int taken() {
        int closed = 0;
        for (Group group : groups.all()) {
            closed += group.closed ? 1 : 0;
        }
        return closed;
    }

    @Override
    void forgetLanes() {
        groups = new Lanes<>();
    }

    private void worthALook(String name) {
        groups.admit(name, Group::new).ifPresent(group -> {
            if (group.closed) {
                group.again = true;
            } else {
                groups.queue(name);
            }
        });
    }

    private void open(String name, boolean more) {
        Group group = groups.get(name);
        if (group == null) {
            return;
        }
        group.closed = false;
        if (more || group.again) {
            groups.queue(name);
        } else {
            groups.drop(name);
        }
    }
}
