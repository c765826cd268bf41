package io.quorate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script and the program say the same; nothing here needs a build. */
class LauncherTest {
    private static final long SECONDS = 20;

    @TempDir
    Path directory;

    @Test
    void helpIsTheSameText() throws Exception {
        assertThat(launch("--help")).isEqualTo(new Ended(0, Texts.help()));
        assertThat(launch("help")).isEqualTo(new Ended(0, Texts.help()));
        assertThat(launch("server", "--port", "1", "--help")).isEqualTo(new Ended(0, Texts.help()));
    }

    @Test
    void theVersionIsTheSame() throws Exception {
        assertThat(launch("--version")).isEqualTo(new Ended(0, Texts.version() + "\n"));
    }

    @Test
    void mistakesAreToldInTheSameWords() throws Exception {
        assertThat(launch("serve")).isEqualTo(mistake(List.of("serve")));
        assertThat(launch()).isEqualTo(mistake(List.of()));
    }

    @Test
    void itIsFoundThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("quorate"), script());

        assertThat(run(link, List.of("--help"))).isEqualTo(new Ended(0, Texts.help()));
    }

    private static Ended mistake(List<String> arguments) {
        Invocation.Mistake mistake = (Invocation.Mistake) CommandLine.parse(arguments);
        return new Ended(2, "quorate: " + mistake.sentence() + "\n");
    }

    private Ended launch(String... arguments) throws IOException, InterruptedException {
        return run(script(), List.of(arguments));
    }

    private static Path script() {
        Path here = Path.of("quorate").toAbsolutePath();
        return Files.exists(here) ? here : Path.of("..", "quorate").toAbsolutePath().normalize();
    }

    private Ended run(Path script, List<String> arguments)
            throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the launcher did not end");
        }
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private record Ended(int code, String printed) {}
}
