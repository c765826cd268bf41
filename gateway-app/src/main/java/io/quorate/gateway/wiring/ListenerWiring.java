package io.quorate.gateway.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quorate.aws.http.AwsEntry;
import io.quorate.gateway.config.ServerSettings;
import io.quorate.gateway.filter.GatewayHandler;
import io.quorate.gateway.health.HealthHandler;
import io.quorate.gateway.health.VirtualHosts;
import io.quorate.gateway.listener.BoundedServer;
import io.quorate.gateway.listener.Listener;
import io.quorate.gateway.listener.PinnedLoops;
import io.quorate.gateway.management.ManagementHandler;
import io.quorate.gateway.metrics.RequestMetrics;
import io.quorate.kv.LeaderProbe;
import io.quorate.kv.NodeHealth;
import io.quorate.kv.shard.RouteTable;
import java.util.List;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.http.server.reactive.HttpHandler;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The listeners, what they answer with, and what is measured on the way. */
@Configuration(proxyBeanMethods = false)
class ListenerWiring {
    /** Scrapes that wait for the one that runs; further ones are refused. */
    private static final int MAX_WAITING_SCRAPES = 16;

    /** Bounds how long requests may finish on shutdown. */
    @Bean
    DefaultLifecycleProcessor lifecycleProcessor(ServerSettings settings) {
        DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
        processor.setTimeoutPerShutdownPhase(settings.limits().shutdown().toMillis());
        return processor;
    }

    @Bean(destroyMethod = "dispose")
    PinnedLoops loops() {
        return new PinnedLoops();
    }

    @Bean
    PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        return registry;
    }

    @Bean
    JvmGcMetrics garbageCollection(PrometheusMeterRegistry registry) {
        JvmGcMetrics metrics = new JvmGcMetrics();
        metrics.bindTo(registry);
        return metrics;
    }

    @Bean
    HealthHandler health(LeaderProbe leaders, NodeHealth node, ServerSettings settings) {
        return new HealthHandler(leaders, node, RouteTable.DEFAULT_GROUP,
                settings.deadlines().health());
    }

    @Bean
    HttpHandler endpoint(HealthHandler health, AwsEntry aws, ServerSettings settings,
            PrometheusMeterRegistry registry) {
        Gauge.builder("quorate.bodies.held.bytes", aws, AwsEntry::heldBodyBytes)
                .description("Request bodies held in memory").register(registry);
        return new GatewayHandler(health, new VirtualHosts(settings.endpoint().baseDomains()), aws,
                new RequestMetrics(registry));
    }

    @Bean
    NettyReactiveWebServerFactory endpointFactory(PinnedLoops loops, ServerSettings settings,
            PrometheusMeterRegistry registry) {
        BoundedServer bounds = new BoundedServer(loops, settings.limits());
        Gauge.builder("quorate.connections", bounds, b -> b.openConnections().getAsInt())
                .description("Open connections of the endpoint").register(registry);
        return new Listener(settings.endpoint().bind(), settings.endpoint().port(), bounds)
                .factory();
    }

    @Bean(destroyMethod = "dispose")
    Scheduler scraping() {
        return Schedulers.newBoundedElastic(1, MAX_WAITING_SCRAPES, "metrics");
    }

    @Bean
    SideListeners sideListeners(PinnedLoops loops, ServerSettings settings, HttpHandler endpoint,
            ManagementHandler management) {
        WebServer operators = new Listener(settings.management().bind(),
                settings.management().port(), new BoundedServer(loops, settings.limits()))
                .server(management::handle);
        List<WebServer> more = settings.endpoint().extraPorts().stream()
                .map(port -> new Listener(settings.endpoint().bind(), port,
                        new BoundedServer(loops, settings.limits())).server(endpoint))
                .toList();
        return new SideListeners(operators, more);
    }

    @Bean
    ManagementHandler management(HealthHandler health, NodeHealth node,
            PrometheusMeterRegistry registry, Scheduler scraping, ServerSettings settings) {
        Mono<String> metrics = Mono.fromCallable(() -> registry.scrape()).subscribeOn(scraping);
        return new ManagementHandler(health, node, metrics, settings.management().openMetrics());
    }
}
