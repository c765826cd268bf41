package io.quorate.kv.raft.log;

import java.nio.file.Path;

/** A segment on disk that is no longer written: its header and how many bytes its file takes. */
record Segment(Path path, SegmentHeader header, long fileBytes) {

    private static final String PREFIX = "segment-";
    private static final String SUFFIX = ".log";
    private static final int HEX_DIGITS = 16;

    long sequence() {
        return header.sequence();
    }

    static Path path(Path directory, long sequence) {
        return directory.resolve(PREFIX + String.format("%016x", sequence) + SUFFIX);
    }

    static boolean isSegment(Path file) {
        String name = name(file);
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX)
                && name.length() == PREFIX.length() + HEX_DIGITS + SUFFIX.length()
                && name.substring(PREFIX.length(), PREFIX.length() + HEX_DIGITS)
                        .matches("[0-9a-f]{16}");
    }

    static long sequenceOf(Path file) {
        return Long.parseUnsignedLong(name(file), PREFIX.length(), PREFIX.length() + HEX_DIGITS,
                16);
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
