package io.quorate.gateway.config;

import java.util.Map;
import java.util.Optional;

/**
 * The flags of the {@code server} command as they were typed.
 *
 * @param values at most one value a flag
 */
public record ServerFlags(Map<Flag, String> values) {
    public ServerFlags {
        values = Map.copyOf(values);
    }

    /** What was typed for the flag. */
    public Optional<String> get(Flag flag) {
        return Optional.ofNullable(values.get(flag));
    }

    /** Every flag there is. */
    public enum Flag {
        DATA("data"), NODE_ID("node-id"), PEERS("peers"), BIND("bind"), PORT(
                "port"), MANAGEMENT_PORT("management-port"), PEER_PORT("peer-port"), PEER_BIND(
                        "peer-bind"), ADVERTISE("advertise"), SHARDS("shards"), CONFIG("config");

        private final String key;

        Flag(String key) {
            this.key = key;
        }

        /** The same setting's key in the file. */
        public String key() {
            return key;
        }

        /** As typed: {@code --data}. */
        public String spelling() {
            return "--" + key;
        }
    }
}
