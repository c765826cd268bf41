package io.quorate.kv.peer.raft;

import io.quorate.kv.peer.Lane;
import io.quorate.kv.peer.PeerConnections;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import java.time.Duration;
import java.util.List;

/** The three lines to one peer. */
final class PeerLines {
    /** Large messages take their time: a connection that carries them is given so many times the usual. */
    private static final int PATIENCE = 5;

    private final SendLine confirms;
    private final SendLine control;
    private final SendLine appends;

    PeerLines(String node, PeerConnections connections, LineListener listener) {
        Duration silence = connections.setup().limits().silence();
        confirms = new SendLine(new SendLine.Route(node, "confirm", Lane.CONTROL, silence),
                new ControlQueue(), connections, listener);
        control = new SendLine(new SendLine.Route(node, "control", Lane.CONTROL, silence),
                new ControlQueue(), connections, listener);
        appends = new SendLine(new SendLine.Route(node, "appends", Lane.APPENDS,
                silence.multipliedBy(PATIENCE)), new AppendQueue(), connections, listener);
    }

    SendLine lineFor(MessageType type) {
        return switch (type) {
            case CONFIRM, CONFIRMED -> confirms;
            case APPEND -> appends;
            case PRE_VOTE_REQUEST, PRE_VOTE_RESPONSE, VOTE_REQUEST, VOTE_RESPONSE, HEARTBEAT,
                    APPEND_SUCCESS, APPEND_FAILURE, INSTALL_SNAPSHOT, TRIGGER_ELECTION ->
                control;
        };
    }

    List<SendLine> all() {
        return List.of(confirms, control, appends);
    }
}
