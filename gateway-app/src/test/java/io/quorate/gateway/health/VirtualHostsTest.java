package io.quorate.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualHostsTest {
    private final VirtualHosts hosts = new VirtualHosts(List.of("s3.localhost", "localhost"));

    @ParameterizedTest
    @ValueSource(strings = {"photos.localhost:4566", "photos.s3.localhost", "a.b.LOCALHOST:1"})
    void aNameBelowABaseDomainNamesABucket(String host) {
        assertThat(hosts.namesBucket(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:4566", "s3.localhost", "127.0.0.1:4566", "[::1]:4566",
        "notlocalhost", ".localhost", ""})
    void anyOtherHostDoesNot(String host) {
        assertThat(hosts.namesBucket(host)).isFalse();
    }
}
