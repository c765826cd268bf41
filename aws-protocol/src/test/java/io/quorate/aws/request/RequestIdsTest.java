package io.quorate.aws.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
    private final RequestIds ids = new RequestIds(new Random(5)::nextLong);

    @Test
    void eachServiceHasItsShape() {
        assertThat(ids.forS3().value()).matches("[0-9A-F]{16}");
        assertThat(ids.forS3().hostId()).matches("[A-Za-z0-9+/]{75}=");
        assertThat(ids.forDynamoDb().value()).matches("[A-Z2-7]{52}");
        UUID uuid = UUID.fromString(ids.forSqs().value());
        assertThat(uuid.version()).isEqualTo(4);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void idsDoNotRepeat() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(ids.forS3().value())).isTrue();
            assertThat(seen.add(ids.forSqs().value())).isTrue();
            assertThat(seen.add(ids.forDynamoDb().value())).isTrue();
        }
    }
}
