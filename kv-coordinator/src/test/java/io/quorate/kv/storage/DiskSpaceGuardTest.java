package io.quorate.kv.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.KvException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceGuardTest {
    private static final DiskSpaceGuard.Marks MARKS = new DiskSpaceGuard.Marks(1_000, 5_000, 8_000,
            3_000);

    @TempDir
    private Path directory;

    private long free = 100_000;
    private boolean unknown;

    @Test
    void admissionStopsBelowTheLowMarkAndResumesAboveTheHighOne() {
        DiskSpaceGuard guard = guard();

        assertThat(admitsAt(guard, 5_000)).isTrue();
        assertThat(admitsAt(guard, 4_999)).isFalse();
        assertThat(admitsAt(guard, 7_999)).isFalse();
        assertThat(admitsAt(guard, 8_000)).isTrue();
    }

    @Test
    void refusalIsTyped() {
        DiskSpaceGuard guard = guard();
        admitsAt(guard, 0);

        assertThatThrownBy(guard::requireSpace).isInstanceOf(KvException.class)
                .hasMessageContaining("DiskFull");
    }

    @Test
    void fileSystemThatCannotBeAskedCountsAsFull() {
        DiskSpaceGuard guard = guard();
        unknown = true;

        assertThat(admitsAt(guard, 100_000)).isFalse();
    }

    @Test
    void ballastOfRealBytesIsLaidWhenThereIsRoom() {
        guard().check();

        assertThat(ballast()).hasSize(3_000);
    }

    @Test
    void ballastIsReleasedBelowTheCriticalMarkAndLaidAgainLater() {
        DiskSpaceGuard guard = guard();
        guard.check();
        admitsAt(guard, 1_000);
        assertThat(ballast()).exists();

        admitsAt(guard, 999);
        assertThat(ballast()).doesNotExist();

        admitsAt(guard, 10_999);
        assertThat(ballast()).doesNotExist();
        admitsAt(guard, 11_000);
        assertThat(ballast()).hasSize(3_000);
    }

    private boolean admitsAt(DiskSpaceGuard guard, long bytes) {
        free = bytes;
        guard.check();
        return guard.admits();
    }

    private DiskSpaceGuard guard() {
        return new DiskSpaceGuard(ballast(), () -> {
            if (unknown) {
                throw new IOException("no such file system");
            }
            return free;
        }, MARKS);
    }

    private Path ballast() {
        return directory.resolve("ballast");
    }
}
