package io.quorate.gateway.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quorate.aws.http.AwsEntry;
import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.identity.IdentityDirectory;
import io.quorate.gateway.config.ServerSettings;
import io.quorate.gateway.filter.GatewayHandler;
import io.quorate.gateway.health.HealthHandler;
import io.quorate.gateway.health.VirtualHosts;
import io.quorate.gateway.management.ManagementHandler;
import io.quorate.gateway.metrics.RequestMetrics;
import io.quorate.gateway.wiring.ListenerWiring.ScrapedMetrics;
import io.quorate.gateway.wiring.ListenerWiring.ServingRooms;
import io.quorate.kv.LeaderProbe;
import io.quorate.kv.NodeHealth;
import io.quorate.kv.shard.RouteTable;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the listeners answer with once the store is open. */
@Configuration(proxyBeanMethods = false)
class ServingWiring {
    @Bean
    HealthHandler health(LeaderProbe leaders, NodeHealth node, ServerSettings settings) {
        return new HealthHandler(leaders, node, RouteTable.DEFAULT_GROUP,
                settings.deadlines().health());
    }

    @Bean
    AwsEntry aws(IdentityDirectory identities, List<AwsHandler> adapters, MeterRegistry registry) {
        AwsEntry entry = ProtocolWiring.entry(identities, adapters);
        Gauge.builder("quorate.bodies.held.bytes", entry, AwsEntry::heldBodyBytes)
                .description("Request bodies held in memory").register(registry);
        return entry;
    }

    @Bean
    ServingRooms servingRooms(HealthHandler health, NodeHealth node, AwsEntry aws,
            ServerSettings settings, RequestMetrics requests, ScrapedMetrics metrics) {
        return new ServingRooms(
                new GatewayHandler(health, new VirtualHosts(settings.endpoint().baseDomains()),
                        aws, requests),
                new ManagementHandler(health, node, metrics.text(),
                        settings.management().openMetrics()));
    }
}
