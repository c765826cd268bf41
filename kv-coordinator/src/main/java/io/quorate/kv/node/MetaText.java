package io.quorate.kv.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.kv.member.Founded;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The text of a meta file: lines of {@code name=value}, the last one a checksum of those before it.
 *
 * <pre>
 * format=2
 * node=uuid                    the member
 * name=n1                      its node id
 * starts=3
 * cluster=uuid                 absent while it belongs to none
 * member=uuid n1               each of the first configuration
 * crc32c=...
 * </pre>
 */
final class MetaText {
    private static final String CHECKSUM = "crc32c=";

    private MetaText() {}

    static String of(NodeMeta meta) {
        StringBuilder body = new StringBuilder("format=").append(meta.format()).append("\nnode=")
                .append(meta.self().uuid()).append("\nname=").append(meta.self().nodeId())
                .append("\nstarts=").append(meta.starts()).append('\n');
        meta.founded().ifPresent(founded -> {
            body.append("cluster=").append(founded.cluster()).append('\n');
            founded.members().forEach(member -> body.append("member=").append(member.uuid())
                    .append(' ').append(member.nodeId()).append('\n'));
        });
        String text = body.toString();
        return text + CHECKSUM + checksum(text) + '\n';
    }

    /**
     * The version of the layout.
     *
     * @throws IllegalArgumentException if the text has none
     */
    static int format(String text) {
        return Integer.parseInt(required(text, "format"));
    }

    /**
     * Reads a text of a known format.
     *
     * @throws IllegalArgumentException if it is damaged
     */
    static NodeMeta parse(String text, String nodeId) {
        int end = text.lastIndexOf(CHECKSUM);
        if (end < 0 || !checksum(text.substring(0, end)).equals(required(text, "crc32c"))) {
            throw new IllegalArgumentException("the checksum does not match");
        }
        int format = format(text);
        UUID uuid = UUID.fromString(required(text, "node"));
        if (format == 1) {
            RaftMember self = new RaftMember(uuid, nodeId);
            return new NodeMeta(format, self, 0, Optional.of(
                    new Founded(UUID.fromString(required(text, "cluster")), List.of(self))));
        }
        RaftMember self = new RaftMember(uuid, required(text, "name"));
        return new NodeMeta(format, self, Long.parseLong(required(text, "starts")),
                values(text, "cluster").stream().findFirst().map(cluster -> new Founded(
                        UUID.fromString(cluster),
                        values(text, "member").stream().map(MetaText::member).toList())));
    }

    private static RaftMember member(String text) {
        String[] parts = text.split(" ", 2);
        return new RaftMember(UUID.fromString(parts[0]), parts.length == 2 ? parts[1] : "");
    }

    private static String required(String text, String name) {
        List<String> found = values(text, name);
        if (found.size() != 1) {
            throw new IllegalArgumentException("the line " + name + " is missing");
        }
        return found.getFirst();
    }

    private static List<String> values(String text, String name) {
        List<String> found = new ArrayList<>();
        text.lines().filter(line -> line.startsWith(name + "="))
                .forEach(line -> found.add(line.substring(name.length() + 1)));
        return found;
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
