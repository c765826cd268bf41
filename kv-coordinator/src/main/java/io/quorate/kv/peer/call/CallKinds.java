package io.quorate.kv.peer.call;

import io.quorate.kv.PeerCalls.Kind;
import io.quorate.kv.peer.wire.CallKind;
import java.util.Optional;

/** What requests ask for, on the wire and back. Stateless. */
final class CallKinds {
    private CallKinds() {}

    static CallKind encode(Kind kind) {
        return switch (kind) {
            case COMMIT -> CallKind.COMMIT;
            case HANDLER -> CallKind.HANDLER;
            case READ_INDEX -> CallKind.READ_INDEX;
            case READ -> CallKind.READ;
            case MEMBERSHIP -> CallKind.MEMBERSHIP;
            case VITALS -> CallKind.VITALS;
        };
    }

    /** Empty if this program does not know the kind. */
    static Optional<Kind> decode(CallKind wire) {
        return switch (wire) {
            case COMMIT -> Optional.of(Kind.COMMIT);
            case HANDLER -> Optional.of(Kind.HANDLER);
            case READ_INDEX -> Optional.of(Kind.READ_INDEX);
            case READ -> Optional.of(Kind.READ);
            case MEMBERSHIP -> Optional.of(Kind.MEMBERSHIP);
            case VITALS -> Optional.of(Kind.VITALS);
            case CALL_KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
