package io.quorate.kv.peer.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.kv.peer.raft.RaftFrame.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private static Message message(int group, int length) {
        return new Message(group, new byte[length]);
    }

    private static List<Message> drain(SendQueue queue) {
        List<Message> all = new ArrayList<>();
        for (List<Message> next = queue.next(); !next.isEmpty(); next = queue.next()) {
            all.addAll(next);
        }
        return all;
    }

    @Test
    void controlMessagesKeepTheirOrder() {
        SendQueue queue = new ControlQueue();
        List<Message> sent = new ArrayList<>();
        for (int n = 0; n < 1_000; n++) {
            sent.add(message(n, 10));
            queue.add(sent.get(n), true);
        }

        assertThat(drain(queue)).isEqualTo(sent);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void oldestControlMessagesGoBeyondTheBoundOfCount() {
        SendQueue queue = new ControlQueue();
        int dropped = 0;
        for (int n = 0; n < 10_000; n++) {
            dropped += queue.add(message(n, 1), true);
        }

        List<Message> left = drain(queue);
        assertThat(left).hasSize(8_192);
        assertThat(dropped).isEqualTo(10_000 - 8_192);
        assertThat(left.getLast().group()).isEqualTo(9_999);
    }

    @Test
    void oldestControlMessagesGoBeyondTheBoundOfBytes() {
        SendQueue queue = new ControlQueue();
        for (int n = 0; n < 100; n++) {
            queue.add(message(n, 100_000), true);
        }

        assertThat(drain(queue).stream().mapToLong(each -> each.payload().length).sum())
                .isLessThanOrEqualTo(4 << 20).isGreaterThan(4_000_000);
    }

    @Test
    void fewControlMessagesWaitForAPeerThatIsNotReached() {
        SendQueue queue = new ControlQueue();
        for (int n = 0; n < 1_000; n++) {
            queue.add(message(n, 10), false);
        }

        assertThat(drain(queue)).hasSize(64);
    }

    @Test
    void appendThatWaitsIsDroppedOnlyForItsSuccessor() {
        SendQueue queue = new AppendQueue();
        Message first = message(1, 10);
        Message other = message(2, 10);
        Message second = message(1, 20);

        assertThat(queue.add(first, true)).isZero();
        assertThat(queue.add(other, true)).isZero();
        assertThat(queue.add(second, true)).isEqualTo(1);

        assertThat(drain(queue)).containsExactly(second, other);
    }

    @Test
    void appendIsNotKeptForAPeerThatHasNotAcceptedTheStream() {
        SendQueue queue = new AppendQueue();

        assertThat(queue.add(message(1, 10), false)).isEqualTo(1);

        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void frameEndsAfterItsBytes() {
        SendQueue queue = new AppendQueue();
        for (int group = 0; group < 4; group++) {
            queue.add(message(group, 200 << 10), true);
        }

        assertThat(queue.next()).hasSize(2);
        assertThat(queue.next()).hasSize(2);
    }
}
