package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/compatibility.md promises and what is driven across leader changes are the same. */
class RegisteredActionsTest {
    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");

    @Test
    void everyActionThatIsBuiltIsDrivenAcrossLeaderChangesAndTheReverse() throws IOException {
        Set<String> registered = RegisteredActions.all().stream()
                .flatMap(all -> all.cases().stream()
                        .map(one -> new AwsAction(all.service(), one.action()).toString()))
                .collect(Collectors.toSet());

        assertThat(registered).containsExactlyInAnyOrderElementsOf(
                CompatibilityPage.builtActions(PAGE));
    }

    @Test
    void titlesOfCasesAreTheirOwn() {
        assertThat(RegisteredActions.all().stream().flatMap(all -> all.cases().stream()
                .map(one -> all.service() + " " + one.title()))).doesNotHaveDuplicates();
    }

    @Test
    void aPageIsReadByItsTables() {
        assertThat(CompatibilityPage.builtActions(List.of("## S3 (REST)", "",
                "| action | built | tests |", "|---|---|---|",
                "| GetObject, PutObject | yes | `T` |",
                "| Torrents: GetObjectTorrent | partial: a few | `T` |",
                "| every other, thing | no: 501 | `T` |", "", "| action | parameter | |",
                "| CopyObject | yes | x |", "## SQS (JSON)", "| action | built | tests |",
                "| SendMessage | notably | `T` |")))
                .containsExactlyInAnyOrder("S3 GetObject", "S3 PutObject", "S3 GetObjectTorrent",
                        "SQS SendMessage");
    }
}
