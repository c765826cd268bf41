package io.quorate.kv.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a file system has. */
@FunctionalInterface
public interface FreeSpace {
    /** Bytes this process may still write. */
    long usableBytes() throws IOException;

    /** Of the file system that holds the path. */
    static FreeSpace of(Path path) {
        return () -> Files.getFileStore(path).getUsableSpace();
    }
}
