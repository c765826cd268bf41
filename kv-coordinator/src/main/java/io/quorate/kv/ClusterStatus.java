package io.quorate.kv;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A cluster as one node sees it: the leader, if it could be asked, else the one that answers.
 *
 * @param cluster its id
 * @param seenBy whose view this is
 * @param leader who leads the default group, if known
 * @param term of the default group
 * @param commitIndex of the default group, as far as known
 * @param members in order of node id; those that are joining, too
 * @param change what change of the members is under way, and what it waits for, in words; empty if none is, or if the
 *        one who answers does not lead
 */
public record ClusterStatus(UUID cluster, String seenBy, Optional<String> leader, long term,
        long commitIndex, List<Member> members, Optional<String> change) {
    public ClusterStatus {
        members = List.copyOf(members);
    }

    /** What a member is. */
    public enum Role {
        LEADER(0), FOLLOWER(1),
        /** It is being fed and has no vote yet. */
        JOINING(2),
        /** Its removal has begun. */
        LEAVING(3);

        private final int code;

        Role(int code) {
            this.code = code;
        }

        /** Its number between nodes. */
        public int code() {
            return code;
        }

        /**
         * The role of that number.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Role of(int code) {
            return Arrays.stream(values()).filter(role -> role.code == code).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no role has number " + code));
        }
    }

    /**
     * One member.
     *
     * @param nodeId its name
     * @param member the id of its data directory
     * @param address host and port of its peer port, empty if unknown
     * @param role what it is
     * @param lag entries that it is known to lack; -1 if the one who answers does not know
     * @param silentMillis since it answered the leader; -1 if not known
     */
    public record Member(String nodeId, UUID member, String address, Role role, long lag,
            long silentMillis) {}
}
