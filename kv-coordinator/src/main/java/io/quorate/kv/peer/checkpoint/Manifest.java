package io.quorate.kv.peer.checkpoint;

import io.quorate.kv.peer.Uuids;
import io.quorate.kv.peer.wire.CheckpointFile;
import io.quorate.kv.peer.wire.CheckpointManifest;
import io.quorate.kv.peer.wire.Voter;
import io.quorate.kv.raft.hazelcast.CheckpointMark;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a checkpoint consists of.
 *
 * @param id    its name on the node that made it
 * @param mark  where it stands in the log
 * @param files all in one directory
 */
record Manifest(UUID id, CheckpointMark mark, List<Entry> files) {
    /** Files in one checkpoint at most: one RocksDB database has far fewer. */
    static final int FILES_MAX = 100_000;
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}");

    Manifest {
        files = List.copyOf(files);
        Set<String> names = new HashSet<>();
        for (Entry file : files) {
            if (!names.add(file.name())) {
                throw new IllegalArgumentException("file named twice: " + file.name());
            }
        }
        if (files.size() > FILES_MAX) {
            throw new IllegalArgumentException("checkpoint of " + files.size() + " files");
        }
    }

    /**
     * A file.
     *
     * @param name   plain: it cannot lead out of a directory
     * @param crc32c of all its bytes
     */
    record Entry(String name, long length, int crc32c) {
        Entry {
            if (!PLAIN_NAME.matcher(name).matches() || length < 0) {
                throw new IllegalArgumentException(
                        "not a file of a checkpoint: " + name + " of " + length + " bytes");
            }
        }
    }

    long bytes() {
        return files.stream().mapToLong(Entry::length).sum();
    }

    CheckpointManifest toWire() {
        CheckpointManifest.Builder wire = CheckpointManifest.newBuilder()
                .setCheckpointId(Uuids.encode(id)).setIndex(mark.index()).setTerm(mark.term())
                .setMembersIndex(mark.membersIndex());
        for (RaftMember voter : mark.members()) {
            wire.addVoters(Voter.newBuilder().setMemberUuid(Uuids.encode(voter.uuid()))
                    .setNodeId(voter.nodeId()));
        }
        for (Entry file : files) {
            wire.addFiles(CheckpointFile.newBuilder().setName(file.name()).setLength(file.length())
                    .setCrc32C(file.crc32c()));
        }
        return wire.build();
    }

    /** @throws IllegalArgumentException if it says what cannot be */
    static Manifest of(CheckpointManifest wire) {
        List<RaftMember> voters = wire.getVotersList().stream()
                .map(voter -> new RaftMember(required(Uuids.decode(voter.getMemberUuid())),
                        voter.getNodeId()))
                .toList();
        return new Manifest(required(Uuids.decode(wire.getCheckpointId())),
                new CheckpointMark(wire.getIndex(), wire.getTerm(), wire.getMembersIndex(), voters),
                wire.getFilesList().stream().map(
                        file -> new Entry(file.getName(), file.getLength(), file.getCrc32C()))
                        .toList());
    }

    private static UUID required(Optional<UUID> uuid) {
        return uuid.orElseThrow(() -> new IllegalArgumentException("no uuid"));
    }
}
