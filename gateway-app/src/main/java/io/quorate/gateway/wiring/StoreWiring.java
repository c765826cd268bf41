package io.quorate.gateway.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quorate.aws.identity.IdentityDirectory;
import io.quorate.gateway.config.PeerPortSettings;
import io.quorate.gateway.config.ServerSettings;
import io.quorate.gateway.identity.SignedCallers;
import io.quorate.gateway.operate.PeerTrust;
import io.quorate.gateway.operate.SignedOperators;
import io.quorate.gateway.starting.StartProgress;
import io.quorate.kv.AtLeader;
import io.quorate.kv.BlobStore;
import io.quorate.kv.CommitWatch;
import io.quorate.kv.LeaderProbe;
import io.quorate.kv.NodeHealth;
import io.quorate.kv.TransactionalKv;
import io.quorate.kv.node.ClusterSettings;
import io.quorate.kv.node.Node;
import io.quorate.kv.node.NodeSeams;
import io.quorate.kv.node.NodeSettings;
import io.quorate.kv.node.NodeStartException;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The store of this process, opened before a listener is and closed after the last. */
@Configuration(proxyBeanMethods = false)
class StoreWiring {
    @Bean(destroyMethod = "close")
    Node node(ServerSettings settings, QuorateServer.FailStop failStop, MeterRegistry registry,
            IdentityDirectory identities, StartProgress starting) throws NodeStartException {
        ClusterSettings cluster = cluster(settings).calledBy(new SignedCallers(identities,
                settings.access().development(), InstantSource.system()));
        return Node.start(NodeSettings.of(settings.data(), settings.nodeId()).with(cluster),
                NodeSeams.system().withFailStop(failStop.told())
                        .tellingWaits(starting::waitsFor),
                registry);
    }

    private static ClusterSettings cluster(ServerSettings settings) {
        PeerPortSettings peers = settings.peers();
        // What the others were told is where they look for this node.
        String advertise = peers.advertise().isEmpty()
                ? peers.peers().getOrDefault(settings.nodeId(), "")
                : peers.advertise();
        return ClusterSettings.of(peers.peers(), new ClusterSettings.Listener(peers.bind(),
                peers.port(), advertise, PeerTrust.of(peers.security())))
                .administeredBy(new SignedOperators(settings.access(), Clock.systemUTC()));
    }

    // One object is both ports; so is the bean below, and the first is taken for either.
    @Primary
    @Bean
    TransactionalKv kv(Node node) {
        return node.kv();
    }

    @Bean
    AtLeader atLeader(Node node) {
        return node.atLeader();
    }

    @Bean
    BlobStore blobs(Node node) {
        return node.blobs();
    }

    @Bean
    CommitWatch commits(Node node) {
        return node.watch();
    }

    @Bean
    LeaderProbe leaders(Node node) {
        return node.probe();
    }

    @Bean
    NodeHealth nodeHealth(Node node) {
        return node.health();
    }
}
