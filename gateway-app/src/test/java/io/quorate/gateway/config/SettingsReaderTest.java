package io.quorate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    @TempDir
    Path directory;

    @Test
    void withoutAnythingTheDevelopmentIdentityServesOnLoopback() {
        ServerSettings settings = SettingsReader.read(new ServerFlags(Map.of()), Map.of());

        assertThat(settings.endpoint().bind()).isEqualTo("127.0.0.1");
        assertThat(settings.endpoint().port()).isEqualTo(4566);
        assertThat(settings.management().port()).isEqualTo(4567);
        assertThat(settings.data()).isEqualTo(Path.of("data"));
        assertThat(settings.access().development()).isTrue();
        assertThat(settings.access().identities()).singleElement()
                .satisfies(root -> assertThat(root.accountId()).isEqualTo("000000000000"));
    }

    @Test
    void flagsWinOverTheFile() throws IOException {
        ServerSettings settings = read("port: 1\nnode-id: filed\n",
                Map.of(ServerFlags.Flag.PORT, "2"));

        assertThat(settings.endpoint().port()).isEqualTo(2);
        assertThat(settings.nodeId()).isEqualTo("filed");
    }

    @Test
    void scalarsAreTakenAsWritten() throws IOException {
        ServerSettings settings = read("account-id: 000000000010\nnode-id: no\n", Map.of());

        assertThat(settings.access().accountId()).isEqualTo("000000000010");
        assertThat(settings.nodeId()).isEqualTo("no");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PORT | 65536 | --port must be a whole number from 0 to 65535, not '65536'.
            PORT | x | --port must be a whole number from 0 to 65535, not 'x'.
            SHARDS | 4 | --shards must be 1: this version keeps all data in one group.
            NODE_ID | a b | --node-id must be 1 to 63 letters, digits, dots, dashes or underscores, not 'a b'.
            CONFIG | /no/such.yaml | There is no file /no/such.yaml to read settings from.
            """)
    void aBadFlagIsRefusedInOneSentence(ServerFlags.Flag flag, String value, String sentence) {
        assertThatThrownBy(
                () -> SettingsReader.read(new ServerFlags(Map.of(flag, value)), Map.of()))
                .isInstanceOf(ConfigException.class).hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prot: 1 | Unknown setting prot in FILE.
            limits: {idel: 3s} | Unknown setting limits.idel in FILE.
            limits: {idle: 3} | limits.idle in FILE must be a duration such as 500ms, 30s or 2m, from 1s to 3600s, not '3'.
            limits: 3 | limits in FILE must be a mapping.
            port: [1] | port in FILE must be a text.
            open-metrics: yes | open-metrics in FILE must be true or false, not 'yes'.
            public-url: ftp://x | public-url in FILE must be an http or https address without a query, not 'ftp://x'.
            extra-ports: [a] | extra-ports in FILE must be a whole number from 0 to 65535, not 'a'.
            base-domains: [A] | base-domains in FILE must be host names in lower case, not 'A'.
            'port: 1\tport: 2' | FILE is not valid YAML: see line 1.
            - a | FILE must hold one YAML mapping of settings.
            account-id: 12 | account-id in FILE must be twelve digits, not '12'.
            identities: [{name: a}] | keys of number 1 in identities in FILE must hold at least one access key.
            identities: [{name: a, keys: [{access-key: k}]}] | secret-key of number 1 in keys of number 1 in identities in FILE is missing.
            identities: [{name: a, keys: [{access-key: k, secret-key: s}]}] | admin of number 1 in identities in FILE must be true, or rules given in allow, or documents in policies, and only one of the three.
            """)
    void aBadFileIsRefusedInOneSentence(String content, String sentence) {
        assertThatThrownBy(() -> read(content, Map.of())).isInstanceOf(ConfigException.class)
                .hasMessage(sentence.replace("FILE", file().toString()));
    }

    @Test
    void theEnvironmentReplacesTheDevelopmentIdentity() {
        ServerSettings settings = SettingsReader.read(
                new ServerFlags(Map.of(ServerFlags.Flag.BIND, "0.0.0.0")),
                Map.of("QUORATE_ACCESS_KEY", "AK", "QUORATE_SECRET_KEY", "SK"));

        assertThat(settings.access().development()).isFalse();
        assertThat(settings.access().identities()).singleElement()
                .satisfies(root -> assertThat(root.keys()).extracting(KeySettings::accessKey)
                        .containsExactly("AK"));
    }

    @Test
    void halfAKeyInTheEnvironmentIsRefused() {
        assertThatThrownBy(() -> SettingsReader.read(new ServerFlags(Map.of()),
                Map.of("QUORATE_ACCESS_KEY", "AK"))).hasMessage(
                        "Set both QUORATE_ACCESS_KEY and QUORATE_SECRET_KEY, or neither: only one"
                                + " of them is set.");
    }

    @Test
    void developmentCredentialsAreRefusedBeyondLoopback() {
        assertThatThrownBy(() -> SettingsReader
                .read(new ServerFlags(Map.of(ServerFlags.Flag.BIND, "0.0.0.0")), Map.of()))
                .hasMessage("Refusing to listen on 0.0.0.0 with the development credentials: set"
                        + " QUORATE_ACCESS_KEY and QUORATE_SECRET_KEY, or identities in the file"
                        + " given with --config.");
    }

    @Test
    void identitiesKeepTheirRules() throws IOException {
        ServerSettings settings = read("""
                identities:
                  - name: reader
                    account-id: 123456789012
                    keys: [{access-key: RK, secret-key: RS, session-token: T}]
                    allow:
                      - actions: ["s3:Get*"]
                        resources: ["arn:aws:s3:::photos/*"]
                """, Map.of());

        assertThat(settings.access().identities()).singleElement().satisfies(reader -> {
            assertThat(reader.accountId()).isEqualTo("123456789012");
            assertThat(reader.canonicalId()).matches("[0-9a-f]{64}");
            assertThat(reader.grant()).isEqualTo(new IdentitySettings.Grant.Rules(List.of(
                    new IdentitySettings.Rule(List.of("s3:Get*"),
                            List.of("arn:aws:s3:::photos/*")))));
        });
    }

    @Test
    void twoIdentitiesWithOneKeyAreRefused() {
        String two = """
                identities:
                  - {name: a, admin: true, keys: [{access-key: K, secret-key: s1}]}
                  - {name: b, admin: true, keys: [{access-key: K, secret-key: s2}]}
                """;

        assertThatThrownBy(() -> read(two, Map.of()))
                .hasMessage("The access key K is configured twice.");
    }

    @Test
    void noSecretIsPrinted() {
        ServerSettings settings = SettingsReader.read(new ServerFlags(Map.of()),
                Map.of("QUORATE_ACCESS_KEY", "AK", "QUORATE_SECRET_KEY", "hidden-secret"));

        assertThat(settings.toString()).contains("AK").doesNotContain("hidden-secret");
    }

    @Test
    void aBrokenFileDoesNotShowItsLinesWhichMayHoldSecrets() {
        assertThatThrownBy(() -> read("secret-key: hidden: x", Map.of()))
                .hasMessageNotContaining("hidden");
    }

    @Test
    void durationsAndLimitsAreRead() throws IOException {
        ServerSettings settings = read("limits: {idle: 2m}\ndeadlines: {health: 500ms}\n",
                Map.of());

        assertThat(settings.limits().idle()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.deadlines().health()).isEqualTo(Duration.ofMillis(500));
    }

    private ServerSettings read(String content, Map<ServerFlags.Flag, String> flags)
            throws IOException {
        Files.writeString(file(), content);
        Map<ServerFlags.Flag, String> all = new EnumMap<>(ServerFlags.Flag.class);
        all.putAll(flags);
        all.put(ServerFlags.Flag.CONFIG, file().toString());
        return SettingsReader.read(new ServerFlags(all), Map.of());
    }

    private Path file() {
        return directory.resolve("quorate.yaml");
    }
}
