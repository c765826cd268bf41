package io.quorate.kv.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.fixtures.linearizability.Outcome;
import io.quorate.fixtures.linearizability.RegisterCommand;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * A member in one of its lives as a server of registers: writes through the proposer, reads behind the read index, as
 * the nodes that ship do it.
 */
final class RegisterNode implements AutoCloseable {
    private static final ProposerLimits LIMITS = new ProposerLimits(
            new ProposerLimits.Size(8, 1_024), new ProposerLimits.Size(64, 16_384),
            new ProposerLimits.Size(4, 8_192), Duration.ofSeconds(10));
    private static final int APPLY_WAITERS = 64;

    private final RaftGroup group;
    private final RegisterMachine machine;
    private final Proposer<String> proposer;
    private final LeaderVerifier verifier;
    private final ReadIndex readIndex;
    private boolean dead;

    RegisterNode(RaftGroup group, RegisterMachine machine, DeadlineTimer timer) {
        AtomicLong stamps = new AtomicLong();
        this.group = group;
        this.machine = machine;
        this.proposer = new Proposer<>(group, new ProposalFormat<>(stamps::getAndAdd,
                (stamp, commands) -> commands.stream().map(each -> new String(each, UTF_8))
                        .collect(Collectors.joining(";")).getBytes(UTF_8),
                String.class), timer, LIMITS, ProposerListener.NONE);
        this.verifier = new LeaderVerifier(group, timer, VerifierLimits.DEFAULT,
                VerifierListener.NONE);
        this.readIndex = new ReadIndex(group, verifier, timer, APPLY_WAITERS);
    }

    RaftGroup group() {
        return group;
    }

    /** Proposes a command; told once what became of it. */
    void change(long number, String key, RegisterCommand command, Deadline deadline,
            Consumer<Outcome<String>> told) {
        byte[] bytes = RegisterMachine.text(number, key, command).getBytes(UTF_8);
        proposer.submit(bytes, deadline, new Proposer.Callback<String>() {
            @Override
            public void applied(String before) {
                told.accept(new Outcome.Ok<>(before));
            }

            @Override
            public void failed(KvFailure failure) {
                told.accept(failure instanceof KvFailure.OutcomeUnknown
                        ? new Outcome.Unknown<>()
                        : new Outcome.Failed<>());
            }
        });
    }

    /** Reads here, as the leader. */
    void read(String key, Deadline deadline, Consumer<Outcome<String>> told) {
        readIndex.await(deadline, when(index -> told.accept(local(key)),
                () -> told.accept(new Outcome.Failed<>())));
    }

    /** Tells another member the index it has to apply before it reads; nothing if this one does not lead. */
    void readIndex(Deadline deadline, LongConsumer told, Runnable failed) {
        verifier.readIndex(deadline, when(told, failed));
    }

    /** Reads here once the index is applied, leader or not. */
    void readAfter(long index, String key, Deadline deadline, Consumer<Outcome<String>> told) {
        var unused = readIndex.applied(index, deadline).subscribe(nothing -> {},
                failure -> told.accept(new Outcome.Failed<>()), () -> told.accept(local(key)));
    }

    /** What this member holds, whoever leads; nothing after the end of this life. */
    Outcome<String> local(String key) {
        return dead ? new Outcome.Failed<>() : new Outcome.Ok<>(machine.value(key));
    }

    /** Asks whether this member leads. */
    void verify(Deadline deadline, Runnable confirmed, Runnable failed) {
        verifier.verify(deadline, when(index -> confirmed.run(), failed));
    }

    private static LeaderVerifier.Callback when(LongConsumer confirmed, Runnable failed) {
        return new LeaderVerifier.Callback() {
            @Override
            public void confirmed(long index) {
                confirmed.accept(index);
            }

            @Override
            public void failed(KvFailure failure) {
                failed.run();
            }
        };
    }

    @Override
    public void close() {
        dead = true;
        proposer.close();
        verifier.close();
        readIndex.close();
    }
}
