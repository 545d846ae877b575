package io.edgewire.examples.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.examples.ChildProcess;
import io.edgewire.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A crowd of clients in a process of its own, written in Python. */
final class Crowd {
    private static final Path SCRIPTS = Path.of("src", "test", "resources", "exhaustion");

    /** Thousands of clients take their time on a machine that is busy with other builds. */
    static final Await PATIENT = Await.realTime(Duration.ofMinutes(2));

    private Crowd() {}

    static ChildProcess of(int clients, String script, int port) throws IOException {
        return ChildProcess.program(
                "python3", SCRIPTS.resolve(script).toString(), Integer.toString(port), Integer.toString(clients));
    }

    /** Returns once the crowd has printed this line. */
    static void await(ChildProcess crowd, String line) {
        PATIENT.until(line, () -> crowd.out().contains(line) || !crowd.isAlive());
        assertThat(crowd.out()).as("%s", crowd).contains(line);
    }
}
