package io.quorate.gateway.operate;

import io.quorate.kv.ClusterStatus;
import java.util.Locale;

/** A cluster as text. */
final class StatusTable {
    private StatusTable() {}

    static String of(ClusterStatus status) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "cluster %s, term %d, commit index %d, %s%n%n",
                status.cluster(), status.term(), status.commitIndex(),
                status.leader().map(leader -> "led by " + leader).orElse("without a leader")));
        text.append(String.format(Locale.ROOT, "%-12s %-9s %-24s %10s %10s  %s%n", "NODE", "ROLE",
                "ADDRESS", "LAG", "SILENT", "MEMBER"));
        for (ClusterStatus.Member member : status.members()) {
            text.append(String.format(Locale.ROOT, "%-12s %-9s %-24s %10s %10s  %s%n",
                    member.nodeId(), member.role().name().toLowerCase(Locale.ROOT),
                    member.address().isEmpty() ? "?" : member.address(), figure(member.lag(), ""),
                    figure(member.silentMillis(), " ms"), member.member()));
        }
        status.change().ifPresent(change -> text
                .append(String.format(Locale.ROOT, "%nUnder way: %s.%n", change)));
        if (status.leader().isEmpty() || !status.leader().get().equals(status.seenBy())) {
            text.append(String.format(Locale.ROOT,
                    "%nThe leader could not be asked: this is what node %s knows.%n",
                    status.seenBy()));
        }
        return text.toString();
    }

    private static String figure(long value, String unit) {
        return value < 0 ? "?" : value + unit;
    }
}
