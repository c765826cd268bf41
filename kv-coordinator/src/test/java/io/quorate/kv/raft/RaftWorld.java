package io.quorate.kv.raft;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One group's members in one JVM, their network, disks and time, all in the test's hand: what an engine provides to be
 * put through {@link RaftGroupConformance}. Nothing happens but inside {@link #runUntil} and {@link #advance}.
 */
public interface RaftWorld extends AutoCloseable {
    /** All members' node ids. */
    List<String> members();

    /** The member's group, in its present life; throws if it is down. */
    RaftGroup group(String member);

    /** The member's state machine; survives its crashes as far as it was flushed. */
    RecordingMachine machine(String member);

    /** Whether the member runs. */
    boolean isUp(String member);

    /** Stops the member at once; what its disk was not forced to keep may be lost. */
    void crash(String member);

    /** Starts a member that is down, from its disk. */
    void restart(String member);

    /** Freezes the member's group thread; its disk and its transport go on. */
    void pause(String member);

    /** Lets it go on. */
    void resume(String member);

    /** Freezes the member whole, as SIGSTOP does: nothing leaves it or is taken in until it is thawed. */
    void freeze(String member);

    /** Lets it go on; what was sent to it meanwhile arrives. */
    void thaw(String member);

    /** Opens a node that is no member yet, with an empty disk, and says its name. */
    String openNewcomer();

    /** Asks the leader to make an opened node a voter. */
    void addMember(String leader, String member, RaftGroup.ProposalCallback callback);

    /** Asks the leader to make a voter none. */
    void removeMember(String leader, String member, RaftGroup.ProposalCallback callback);

    /** Every force of the member's disk fails from now on, until it is restarted. */
    void failDisk(String member);

    /** Cuts the link in one direction. */
    void cut(String from, String to);

    /** Restores all links, calms the weather. */
    void healNetwork();

    /** Chances of every message to be lost or repeated, and how long it travels. */
    void weather(double lost, double repeated, Duration shortest, Duration longest);

    /** Messages sent so far, by anyone. */
    long messagesSent();

    /** The election timeout the members run with. */
    Duration electionTimeout();

    /** Most proposals that a leader takes before they are committed. */
    int window();

    /** Bytes of the largest entry that is taken. */
    int entryBytesMax();

    /** Turns time until the condition holds, at most that far; says whether it holds. */
    boolean runUntil(BooleanSupplier condition, Duration limit);

    /** Now, in nanoseconds of the world's monotonic clock. */
    long nanoTime();

    /** Has the action run when time has come that far. */
    void schedule(Runnable action, Duration delay);

    /** The clock jumps ahead, as after a suspension of the whole machine: what was due meanwhile runs late. */
    void jump(Duration ahead);

    /** Turns time. */
    void advance(Duration duration);

    @Override
    void close();
}
