package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PasswordPromptTest {
    private static final String KEY = "the real key";
    private static final String CTRL_C = "\u0003";

    @TempDir
    private Path folder;

    @Test
    void whoSitsAtATerminalIsAskedForThePasswordAndDoesNotSeeIt() throws Exception {
        assumeTrue(Programs.isInstalled("python3"), "needs python3, which makes a terminal");
        Path board = folder.resolve("board.conf");
        Files.writeString(
                board, "edgewire.device.sim.access-points = [{ ssid = Workshop, password = \"" + KEY + "\" }]");
        List<String> dialogue =
                List.of("Password of Workshop (empty for an open network): ", KEY + "\n", "running on", CTRL_C);

        try (ChildProcess server = ChildProcess.atTerminal(
                dialogue, EdgewireMain.class, Cli.serveArgs("--ssid", "Workshop", "--config", board.toString()))) {
            assertThat(server.awaitExit()).as(server.toString()).isZero();
            assertThat(server.out())
                    .anyMatch(line -> line.contains("Joined Workshop"))
                    .anyMatch(line -> line.contains("Stopped: drained"))
                    .noneMatch(line -> line.contains(KEY));
        }
    }
}
