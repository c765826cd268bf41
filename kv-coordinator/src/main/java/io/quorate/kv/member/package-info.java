/**
 * Who belongs to the cluster: how new nodes found one ({@link io.quorate.kv.member.Founding}), how later
 * ones are let in, replaced and removed ({@link io.quorate.kv.member.Admissions}, at the leader), how a
 * node makes itself known ({@link io.quorate.kv.member.Attendance}), and where everybody is
 * ({@link io.quorate.kv.member.Roster}). Membership itself is the Raft group's configuration; names and
 * addresses are rows of it. The network is a port ({@link io.quorate.kv.member.PeerLink}).
 */
@NullMarked
package io.quorate.kv.member;

import org.jspecify.annotations.NullMarked;
