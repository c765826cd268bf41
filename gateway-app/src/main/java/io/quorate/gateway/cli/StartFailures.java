package io.quorate.gateway.cli;

import io.quorate.kv.node.NodeStartException;
import java.util.Optional;
import org.springframework.boot.web.server.PortInUseException;

/** Says in one sentence why the server did not start, if the reason is one that people can mend. */
public final class StartFailures {
    private static final int MAX_DEPTH = 32;

    private StartFailures() {}

    /** The sentence of the first known reason in the chain of causes. */
    public static Optional<String> sentence(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            Optional<String> sentence = known(cause);
            if (sentence.isPresent()) {
                return sentence;
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static Optional<String> known(Throwable cause) {
        return switch (cause) {
            case PortInUseException port -> Optional.of("Port " + port.getPort()
                    + " is in use: stop the process that has it, or choose another with --port or"
                    + " --management-port.");
            case NodeStartException node -> Optional.of(node.failure().sentence());
            case OutOfMemoryError memory -> Optional.of(
                    "The server needs more memory to start: set QUORATE_JAVA_OPTS=-Xmx512m or more.");
            default -> Optional.empty();
        };
    }
}
