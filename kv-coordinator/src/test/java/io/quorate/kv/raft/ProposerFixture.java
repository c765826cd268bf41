package io.quorate.kv.raft;

import io.quorate.kv.KvFailure;
import java.time.Duration;
import java.util.List;

/** A proposer on a scripted group, in time that the test turns. */
abstract class ProposerFixture {
    static final Duration SECOND = Duration.ofSeconds(1);
    /** Three commands of 8 bytes fill a batch; eight fill the queue; one entry is in flight. */
    static final ProposerLimits SMALL = new ProposerLimits(1000,
            new ProposerLimits.Size(3, 100), new ProposerLimits.Size(8, 1000),
            new ProposerLimits.Size(1, 1000), Duration.ofSeconds(10));

    final ManualTime time = new ManualTime();
    final ScriptedRaftGroup group = new ScriptedRaftGroup().applying(Numbers::apply);
    final Proposer<Long> proposer = proposer(SMALL);

    void count(List<Long> answers, int upTo) {
        proposer.submit(Numbers.command(answers.size()), time.in(SECOND),
                new Proposer.Callback<>() {
                    @Override
                    public void applied(Long result) {
                        answers.add(result);
                        if (answers.size() < upTo) {
                            count(answers, upTo);
                        }
                    }

                    @Override
                    public void failed(KvFailure failure) {
                        throw new AssertionError(failure);
                    }
                });
    }

    Proposer<Long> proposer(ProposerLimits limits) {
        return new Proposer<>(group, Numbers.format(), time.timer(), limits,
                ProposerListener.NONE);
    }

    RecordedAnswer submit(long number) {
        return submit(number, SECOND);
    }

    RecordedAnswer submit(long number, Duration within) {
        RecordedAnswer answer = new RecordedAnswer();
        proposer.submit(Numbers.command(number), time.in(within), answer);
        return answer;
    }
}
