package io.quorate.kv.raft;

import io.quorate.kv.KvFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A verifier on a scripted group and scripted Confirms, in time that the test turns. */
abstract class VerifierFixture {
    static final Duration SECOND = Duration.ofSeconds(1);
    static final VerifierLimits TWO_ROUNDS = new VerifierLimits(5, 2, Duration.ofMillis(5),
            Duration.ofMillis(50));

    final ManualTime time = new ManualTime();
    final ScriptedRaftGroup group = new ScriptedRaftGroup();
    final ScriptedConfirms confirms = group.confirms();
    final LeaderVerifier verifier = new LeaderVerifier(group, time.timer(), TWO_ROUNDS,
            VerifierListener.NONE);

    static LeaderVerifier.Callback onConfirmed(Consumer<Long> action) {
        return new LeaderVerifier.Callback() {
            @Override
            public void confirmed(long readIndex) {
                action.accept(readIndex);
            }

            @Override
            public void failed(KvFailure failure) {
                throw new AssertionError(failure);
            }
        };
    }

    void voters(String... voters) {
        group.become(new Leadership(1, Leadership.Role.LEADER, Optional.of(ScriptedRaftGroup.SELF),
                true, false, List.of(voters)));
    }

    RecordedAnswer verify() {
        return verify(SECOND);
    }

    RecordedAnswer verify(Duration within) {
        RecordedAnswer answer = new RecordedAnswer();
        verifier.verify(time.in(within), answer);
        return answer;
    }
}
