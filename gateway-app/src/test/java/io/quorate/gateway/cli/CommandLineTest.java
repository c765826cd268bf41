package io.quorate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.gateway.config.ServerFlags;
import io.quorate.gateway.operate.AdminCommand;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h", "server --help", "server --port 1 -h"})
    void helpIsAskedForAnywhere(String line) {
        assertThat(parse(line)).isEqualTo(new Invocation.Help());
    }

    @Test
    void versionIsAFlagOfItsOwn() {
        assertThat(parse("--version")).isEqualTo(new Invocation.Version());
    }

    @Test
    void valuesFollowAFlagOrItsEqualsSign() {
        assertThat(parse("server --port 1 --data=/d=e")).isEqualTo(new Invocation.Server(
                new ServerFlags(
                        Map.of(ServerFlags.Flag.PORT, "1", ServerFlags.Flag.DATA, "/d=e"))));
    }

    @Test
    void aRemovalCanBeTakenBack() {
        assertThat(parse("admin cancel-remove n4 --timeout 5s --node h:1"))
                .isEqualTo(new Invocation.Admin(new AdminCommand.CancelRemoval(
                        new AdminCommand.Target("h:1", Optional.empty(), Duration.ofSeconds(5)),
                        "n4")));
    }

    @Test
    void noCommandIsAMistake() {
        assertThat(CommandLine.parse(List.of()))
                .isEqualTo(new Invocation.Mistake("No command given. Try quorate --help."));
    }

    @Test
    void anUnknownCommandIsNamed() {
        assertThat(parse("serve")).isEqualTo(
                new Invocation.Mistake("Unknown command 'serve'. Try quorate --help."));
    }

    @Test
    void anUnknownFlagIsNamed() {
        assertThat(parse("server --prot 1")).isEqualTo(
                new Invocation.Mistake("Unknown flag '--prot'. Try quorate --help."));
    }

    @Test
    void aFlagWithoutItsValueIsNamed() {
        assertThat(parse("server --port")).isEqualTo(
                new Invocation.Mistake("The flag --port needs a value. Try quorate --help."));
    }

    @Test
    void aFlagGivenTwiceIsNamed() {
        assertThat(parse("server --port 1 --port 2")).isEqualTo(
                new Invocation.Mistake("The flag --port is given twice. Try quorate --help."));
    }

    @Test
    void theHelpNamesEveryFlagAndNoOther() {
        List<String> inHelp = Texts.help().lines().map(String::strip)
                .filter(line -> line.startsWith("--")).map(line -> line.split(" ")[0]).toList();

        assertThat(inHelp).containsExactlyInAnyOrderElementsOf(
                Arrays.stream(ServerFlags.Flag.values()).map(ServerFlags.Flag::spelling).toList());
    }

    @Test
    void theVersionIsTheBuilds() {
        assertThat(Texts.version()).matches("\\d+\\.\\d+\\.\\d+(-[A-Z0-9]+)?");
    }

    private static Invocation parse(String line) {
        return CommandLine.parse(List.of(line.split(" ")));
    }
}
