package io.quorate.kv.blob;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Which nodes hold a group's bodies: a row of the group, so that a transaction can demand that it has
 * not changed. Follows the group's voters one change at a time: any majority of one configuration meets
 * any majority of the next.
 *
 * @param configuration counts the changes
 * @param members who counts, sorted by node
 * @param leaving nodes that still vote but no longer count, because they are about to be removed
 */
record BodyMembers(long configuration, List<Member> members, List<String> leaving) {
    private static final int FORMAT = 1;

    /**
     * One node that counts.
     *
     * @param node its id
     * @param since the configuration in which it came; what an earlier node of that id held is gone
     */
    record Member(String node, long since) {}

    BodyMembers {
        members = members.stream().sorted(Comparator.comparing(Member::node)).toList();
        leaving = List.copyOf(leaving);
    }

    /** Those who founded the group; in force as long as no change was recorded. */
    static BodyMembers founders(List<String> voters) {
        return new BodyMembers(0,
                voters.stream().sorted().map(node -> new Member(node, 0)).toList(), List.of());
    }

    List<String> nodes() {
        return members.stream().map(Member::node).toList();
    }

    boolean contains(String node) {
        return nodes().contains(node);
    }

    int majority() {
        return members.size() / 2 + 1;
    }

    /** Those of the row's holders that still count and have not lost their data since. */
    List<String> holding(BlobRow.Live row) {
        return members.stream()
                .filter(member -> member.since() <= row.configuration()
                        && row.holders().contains(member.node()))
                .map(Member::node).toList();
    }

    /** Whether any quorum of the group's members includes a holder. */
    boolean covers(BlobRow.Live row) {
        return holding(row).size() >= majority();
    }

    /** The row after one more holder is known. */
    BlobRow.Live withHolder(BlobRow.Live row, String node) {
        TreeSet<String> holders = new TreeSet<>(holding(row));
        holders.add(node);
        return new BlobRow.Live(row.length(), row.crc32c(), configuration, List.copyOf(holders));
    }

    /** Follows the voters: who is new counts from now on, who is gone does not. */
    BodyMembers following(List<String> voters) {
        List<String> stillLeaving = leaving.stream().filter(voters::contains).toList();
        List<Member> next = new ArrayList<>(
                members.stream().filter(member -> voters.contains(member.node())).toList());
        boolean same = next.size() == members.size();
        for (String voter : voters.stream().sorted().toList()) {
            if (!contains(voter) && !stillLeaving.contains(voter)) {
                next.add(new Member(voter, configuration + 1));
                same = false;
            }
        }
        if (same) {
            return stillLeaving.equals(leaving)
                    ? this
                    : new BodyMembers(configuration, members, stillLeaving);
        }
        return new BodyMembers(configuration + 1, next, stillLeaving);
    }

    /** The node no longer counts. */
    BodyMembers without(String node) {
        if (!contains(node)) {
            return this;
        }
        List<String> more = new ArrayList<>(leaving);
        more.add(node);
        return new BodyMembers(configuration + 1,
                members.stream().filter(member -> !member.node().equals(node)).toList(), more);
    }

    /** The node is not removed after all; what it holds has to be recorded anew. */
    BodyMembers keeping(String node) {
        return new BodyMembers(configuration, members,
                leaving.stream().filter(other -> !other.equals(node)).toList());
    }

    Value encode() {
        RowWriter out = new RowWriter(FORMAT).number(configuration).octet(members.size());
        members.forEach(member -> out.text(member.node()).number(member.since()));
        out.octet(leaving.size());
        leaving.forEach(out::text);
        return out.toValue();
    }

    static BodyMembers decode(Value value) {
        RowReader in = new RowReader(value, FORMAT);
        long configuration = in.longNumber();
        List<Member> members = new ArrayList<>();
        for (int left = in.octet(); left > 0; left--) {
            members.add(new Member(in.text(), in.longNumber()));
        }
        List<String> leaving = new ArrayList<>();
        for (int left = in.octet(); left > 0; left--) {
            leaving.add(in.text());
        }
        return new BodyMembers(configuration, members, leaving);
    }
}
