package io.quorate.kv.raft;

import java.util.List;

/**
 * How commands become an entry, and what applying the entry yields.
 *
 * @param stamps where stamps come from
 * @param encoder makes the entry
 * @param resultType what {@link StateMachine#apply} yields for each command: it returns a
 *        {@link List} of it, one for each command of the entry, in order
 */
public record ProposalFormat<R>(StampSource stamps, BatchEncoder encoder, Class<R> resultType) {
    byte[] encode(List<byte[]> commands) {
        return encoder.encode(stamps.next(commands.size()), commands);
    }

    /** The results of an applied entry's commands. */
    List<R> results(Object applied, int commands) {
        if (!(applied instanceof List<?> list) || list.size() != commands) {
            throw new IllegalStateException(
                    "expected the results of " + commands + " commands, got " + applied);
        }
        return list.stream().map(resultType::cast).toList();
    }
}
