package io.quorate.kv.member;

import io.quorate.kv.ClusterStatus;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a node answers to an {@link Ask}. Only a leader that a quorum has confirmed answers anything but the last three. */
public sealed interface Reply {
    /** The version of the form. */
    int VERSION = 1;

    /** It is done. */
    record Done() implements Reply {}

    /**
     * Who asked is welcome.
     *
     * @param cluster the cluster
     * @param members all of it, with their addresses
     * @param isVoter whether the one who asked is a voter
     */
    record Welcome(UUID cluster, List<MemberRow> members, boolean isVoter) implements Reply {
        public Welcome {
            members = List.copyOf(members);
        }
    }

    /** The cluster. */
    record Told(ClusterStatus status) implements Reply {}

    /** Who asked was removed from the cluster and is to stop. */
    record Removed() implements Reply {}

    /**
     * Not as things are.
     *
     * @param sentence why, for an operator
     */
    record Refused(String sentence) implements Reply {}

    /**
     * Another node leads.
     *
     * @param leader its name, if known
     * @param address where it is, if known
     */
    record Elsewhere(Optional<String> leader, Optional<String> address) implements Reply {}

    /**
     * Ask again in a while.
     *
     * @param why what it waits for
     */
    record Later(String why) implements Reply {}

    /** The bytes that travel. */
    default Value encode() {
        RowWriter out = new RowWriter(VERSION);
        return switch (this) {
            case Done done -> out.octet(1).toValue();
            case Welcome(UUID cluster, List<MemberRow> members, boolean isVoter) -> {
                out.octet(2).id(cluster).flag(isVoter).number(members.size());
                members.forEach(member -> out.bytes(member.encode().toByteArray()));
                yield out.toValue();
            }
            case Told(ClusterStatus status) -> write(out.octet(3), status).toValue();
            case Removed removed -> out.octet(4).toValue();
            case Refused(String sentence) -> out.octet(5).text(sentence).toValue();
            case Elsewhere(Optional<String> leader, Optional<String> address) ->
                out.octet(6).text(leader).text(address).toValue();
            case Later(String why) -> out.octet(7).text(why).toValue();
        };
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws RuntimeException if it is something else
     */
    static Reply decode(Value value) {
        RowReader in = new RowReader(value, VERSION);
        int kind = in.octet();
        return switch (kind) {
            case 1 -> new Done();
            case 2 -> readWelcome(in);
            case 3 -> new Told(readStatus(in));
            case 4 -> new Removed();
            case 5 -> new Refused(in.text());
            case 6 -> new Elsewhere(in.optionalText(), in.optionalText());
            case 7 -> new Later(in.text());
            default -> throw new IllegalStateException("an answer of kind " + kind);
        };
    }

    private static Welcome readWelcome(RowReader in) {
        UUID cluster = in.id();
        boolean isVoter = in.flag();
        int count = in.number();
        List<MemberRow> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(MemberRow.decode(Value.of(in.bytes())));
        }
        return new Welcome(cluster, members, isVoter);
    }

    private static RowWriter write(RowWriter out, ClusterStatus status) {
        out.id(status.cluster()).text(status.seenBy()).text(status.leader()).number(status.term())
                .number(status.commitIndex()).number(status.members().size());
        for (ClusterStatus.Member member : status.members()) {
            out.text(member.nodeId()).id(member.member()).text(member.address())
                    .octet(member.role().code()).number(member.lag())
                    .number(member.silentMillis());
        }
        return out.text(status.change());
    }

    private static ClusterStatus readStatus(RowReader in) {
        UUID cluster = in.id();
        String seenBy = in.text();
        Optional<String> leader = in.optionalText();
        long term = in.longNumber();
        long commitIndex = in.longNumber();
        int count = in.number();
        List<ClusterStatus.Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(new ClusterStatus.Member(in.text(), in.id(), in.text(),
                    ClusterStatus.Role.of(in.octet()), in.longNumber(), in.longNumber()));
        }
        Optional<String> change = in.hasMore() ? in.optionalText() : Optional.empty();
        return new ClusterStatus(cluster, seenBy, leader, term, commitIndex, members, change);
    }

}
