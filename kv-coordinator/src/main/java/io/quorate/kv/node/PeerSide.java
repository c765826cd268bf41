package io.quorate.kv.node;

import io.quorate.kv.AtLeader;
import io.quorate.kv.PeerCalls;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.Value;
import io.quorate.kv.blob.BodyPeers;
import io.quorate.kv.member.Greeting;
import io.quorate.kv.member.Membership;
import io.quorate.kv.member.PeerLink;
import io.quorate.kv.member.Reply;
import io.quorate.kv.member.Roster;
import io.quorate.kv.peer.AdmissionService;
import io.quorate.kv.peer.ClusterView;
import io.quorate.kv.peer.Hello;
import io.quorate.kv.peer.LocalNode;
import io.quorate.kv.peer.NodeIdentity;
import io.quorate.kv.peer.PeerAddress;
import io.quorate.kv.peer.PeerConnections;
import io.quorate.kv.peer.PeerLimits;
import io.quorate.kv.peer.PeerServer;
import io.quorate.kv.peer.PeerSetup;
import io.quorate.kv.peer.PeerThreads;
import io.quorate.kv.peer.body.GrpcBodyPeers;
import io.quorate.kv.peer.call.GrpcPeerCalls;
import io.quorate.kv.peer.checkpoint.CheckpointListener;
import io.quorate.kv.peer.checkpoint.CheckpointService;
import io.quorate.kv.peer.checkpoint.CheckpointSettings;
import io.quorate.kv.peer.checkpoint.GrpcCheckpointFetcher;
import io.quorate.kv.peer.raft.GrpcRaftTransport;
import io.quorate.kv.peer.service.AdminService;
import io.quorate.kv.peer.service.KvService;
import io.quorate.kv.raft.hazelcast.CheckpointFetcher;
import io.quorate.kv.raft.hazelcast.RaftTransport;
import io.quorate.kv.raft.hazelcast.wire.RaftMember;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A node's way to others: the server on the peer port, and the connections. Safe for any thread; closed
 * after the groups.
 */
final class PeerSide implements PeerLink, AutoCloseable {
    /** Event loops for all connections to and from other nodes. */
    private static final int LOOPS = 2;

    private final ClosingStack closing = new ClosingStack();
    private final PeerConnections connections;
    private final GrpcRaftTransport transport;
    private final GrpcPeerCalls calls;
    private final KvService applications = new KvService();
    private final AdminService operators = new AdminService();
    private final GrpcCheckpointFetcher checkpoints;
    private final CheckpointService offers;
    private final GrpcBodyPeers bodies;
    private final PeerServer server;
    private final String address;
    private volatile @Nullable Membership membership;

    /**
     * What it is opened with.
     *
     * @param directory the node's data
     * @param roster who the others are
     * @param cluster where to listen
     * @param listener hears how checkpoints travel
     */
    record Opening(DataDirectory directory, Roster roster, ClusterSettings cluster,
            CheckpointListener listener) {
        LocalNode self() {
            NodeMeta meta = directory.meta();
            return new LocalNode(new NodeIdentity(meta.self().nodeId(), meta.self().uuid(),
                    meta.starts()), new RosterView(roster));
        }
    }

    /** Opens the peer port. */
    static PeerSide open(Opening with) throws NodeStartException {
        ClusterSettings.Listener listener = with.cluster().listener();
        String where = listener.bind() + ":" + listener.port();
        try {
            return new PeerSide(with);
        } catch (IOException e) {
            throw new NodeStartFailure.PeerPortUnusable(where, "it is in use").causedBy(e);
        } catch (IllegalArgumentException e) {
            throw new NodeStartFailure.PeerPortUnusable(where, String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private PeerSide(Opening with) throws IOException {
        ClusterSettings.Listener listener = with.cluster().listener();
        LocalNode self = with.self();
        boolean opened = false;
        try {
            PeerThreads threads = closing.add(new PeerThreads(self.identity().nodeId(), LOOPS));
            PeerSetup setup = new PeerSetup(listener.security(), PeerLimits.standard(), threads);
            connections = closing.add(
                    new PeerConnections(self, new RosterView(with.roster()), setup));
            transport = closing.add(new GrpcRaftTransport(connections));
            calls = new GrpcPeerCalls(connections);
            checkpoints = closing.add(new GrpcCheckpointFetcher(connections,
                    with.directory().incoming(), CheckpointSettings.standard(),
                    with.listener()));
            offers = closing.add(new CheckpointService(with.directory().outgoing(),
                    CheckpointSettings.standard(), threads.timer(), with.listener()));
            bodies = new GrpcBodyPeers(connections);
            server = closing.add(PeerServer.start(self,
                    new InetSocketAddress(listener.bind(), listener.port()), setup,
                    new PeerServer.Services(
                            List.of(transport.service(), calls.service(), offers.service(),
                                    bodies.service(),
                                    new AdmissionService(this::admit)),
                            List.of(applications.checkedBy(with.cluster().applications()),
                                    operators.checkedBy(with.cluster().operators())))));
            address = listener.advertise().isEmpty()
                    ? new PeerAddress(listener.bind(), server.port()).toString()
                    : listener.advertise();
            opened = true;
        } finally {
            if (!opened) {
                closing.close();
            }
        }
    }

    /** The group is open: others may ask about the membership and fetch checkpoints. */
    void serve(Membership desk) {
        membership = desk;
        operators.serve(desk.admin());
    }

    /** The store is open: applications may use it. */
    void serve(TransactionalKv kv, AtLeader leaders) {
        applications.serve(kv, leaders);
    }

    private Mono<Value> admit(NodeIdentity from, Value question) {
        Membership desk = membership;
        return desk == null
                ? Mono.just(new Reply.Elsewhere(Optional.empty(), Optional.empty()).encode())
                : desk.answer(new RaftMember(from.memberUuid(), from.nodeId()), question);
    }

    RaftTransport transport() {
        return transport;
    }

    BodyPeers bodies() {
        return bodies;
    }

    CheckpointFetcher checkpoints() {
        return checkpoints;
    }

    /** Where other nodes get checkpoints of this node's groups. */
    CheckpointService offers() {
        return offers;
    }

    @Override
    public Mono<Greeting> greet(String where) {
        return Mono.defer(() -> connections.hello(PeerAddress.parse(where)))
                .map(PeerSide::greeting);
    }

    private static Greeting greeting(Hello hello) {
        RaftMember who = new RaftMember(hello.identity().memberUuid(), hello.identity().nodeId());
        return new Greeting(who, hello.clusterId(),
                hello.members().stream().collect(Collectors.toMap(ClusterView.Member::nodeId,
                        ClusterView.Member::memberUuid, (one, same) -> one)));
    }

    @Override
    public Mono<Value> ask(String where, Value question) {
        return Mono.defer(() -> connections.ask(PeerAddress.parse(where), question));
    }

    @Override
    public PeerCalls calls() {
        return calls;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void close() {
        closing.close();
    }
}
