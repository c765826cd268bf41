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
import io.quorate.aws.identity.IdentityDirectory;
import io.quorate.gateway.config.ServerSettings;
import io.quorate.gateway.filter.GatewayHandler;
import io.quorate.gateway.health.HealthHandler;
import io.quorate.gateway.health.VirtualHosts;
import io.quorate.gateway.listener.BoundedServer;
import io.quorate.gateway.listener.Gate;
import io.quorate.gateway.listener.Listener;
import io.quorate.gateway.listener.PinnedLoops;
import io.quorate.gateway.management.ManagementHandler;
import io.quorate.gateway.metrics.RequestMetrics;
import io.quorate.gateway.starting.NoLeaderYet;
import io.quorate.gateway.starting.StartProgress;
import io.quorate.gateway.starting.StartingService;
import io.quorate.kv.shard.RouteTable;
import java.util.List;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The listeners, what they answer before the store is open, and what is measured on the way. */
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
    RequestMetrics requests(PrometheusMeterRegistry registry) {
        return new RequestMetrics(registry);
    }

    @Bean
    StartProgress starting() {
        return new StartProgress();
    }

    /** Until the store is open. */
    @Bean
    ServingRooms startingRooms(StartProgress starting, IdentityDirectory identities,
            ServerSettings settings, RequestMetrics requests, ScrapedMetrics metrics) {
        HealthHandler health = new HealthHandler(new NoLeaderYet(), starting.health(),
                RouteTable.DEFAULT_GROUP, settings.deadlines().health());
        return new ServingRooms(
                new GatewayHandler(health, new VirtualHosts(settings.endpoint().baseDomains()),
                        ProtocolWiring.entry(identities, StartingService.all()), requests),
                new ManagementHandler(health, starting.health(), metrics.text(),
                        settings.management().openMetrics()));
    }

    @Bean
    Gate endpoint(ServingRooms startingRooms) {
        return new Gate(startingRooms.endpoint());
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
    ScrapedMetrics metrics(PrometheusMeterRegistry registry, Scheduler scraping) {
        return new ScrapedMetrics(
                Mono.fromCallable(() -> registry.scrape()).subscribeOn(scraping));
    }

    @Bean
    SideListeners sideListeners(PinnedLoops loops, ServerSettings settings, Gate endpoint,
            ServingRooms startingRooms) {
        Gate management = new Gate(startingRooms.management()::handle);
        WebServer operators = new Listener(settings.management().bind(),
                settings.management().port(), new BoundedServer(loops, settings.limits()))
                .server(management);
        List<WebServer> more = settings.endpoint().extraPorts().stream()
                .map(port -> new Listener(settings.endpoint().bind(), port,
                        new BoundedServer(loops, settings.limits())).server(endpoint))
                .toList();
        return new SideListeners(operators, management, more);
    }

    /**
     * What the listeners answer with.
     *
     * @param endpoint on the ports of clients
     * @param management on the operators'
     */
    record ServingRooms(GatewayHandler endpoint, ManagementHandler management) {}

    /** The metrics as text, taken anew at each subscription; a type of its own, since beans are found by type. */
    record ScrapedMetrics(Mono<String> text) {}
}
