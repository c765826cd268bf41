package io.quorate.aws.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityDirectoryTest {
    private static final Identity ALICE = identity("alice");

    @Test
    void oneIdentityMayHaveSeveralKeys() {
        IdentityDirectory directory = IdentityDirectory.of(List.of(
                new Credentials(new AccessKey("one", "s1"), ALICE),
                new Credentials(new AccessKey("two", "s2"), ALICE)));

        assertThat(directory.find("two")).map(Credentials::identity).contains(ALICE);
        assertThat(directory.find("three")).isEmpty();
    }

    @Test
    void keyOrNameGivenTwiceIsRefused() {
        Credentials key = new Credentials(new AccessKey("one", "s1"), ALICE);
        Credentials sameKey = new Credentials(new AccessKey("one", "s2"), identity("bob"));
        Credentials sameName = new Credentials(new AccessKey("two", "s2"),
                new Identity("alice", "000000000001", "x", "Other", new Permissions.Admin()));

        assertThatThrownBy(() -> IdentityDirectory.of(List.of(key, sameKey)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("one");
        assertThatThrownBy(() -> IdentityDirectory.of(List.of(key, sameName)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("alice");
    }

    @Test
    void secretsAreNotPrinted() {
        Credentials credentials = new Credentials(new AccessKey("one", "hidden"), "token", ALICE);

        assertThat(credentials.toString() + credentials.key()).contains("one")
                .doesNotContain("hidden").doesNotContain("token");
    }

    private static Identity identity(String name) {
        return new Identity(name, "000000000000", "c", name, new Permissions.Admin());
    }
}
