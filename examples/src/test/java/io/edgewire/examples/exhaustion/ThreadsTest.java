package io.edgewire.examples.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.TestClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The limit of threads binds no superuser, so the server runs as a user that nobody else is. */
@Tag("heavy")
@Timeout(300)
class ThreadsTest {
    private static final int THREADS = 60;
    private static final long USER = 200_000 + ProcessHandle.current().pid() % 100_000;
    private static final List<String> AS_SOMEBODY_ELSE =
            List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups");

    @TempDir
    Path folder;

    @Test
    void aBlockingServerOutOfThreadsServesThoseItHasAndRecovers() throws Exception {
        assumeTrue(canBeSomebodyElse(), "needs setpriv (util-linux), root, and a JDK that every user may read");
        String script = "ulimit -u " + THREADS + "; exec " + String.join(" ", AS_SOMEBODY_ELSE) + " \"$0\" \"$@\"";
        List<TestClient> many = new ArrayList<>();
        try (LimitedServer server = LimitedServer.start(
                        script,
                        ClassPath.jars(folder),
                        "64m",
                        "--transport",
                        "bio",
                        "--set",
                        "edgewire.transport.bio.threads=platform");
                TestClient first = new TestClient(server.port())) {
            LimitedServer.exchange(first, "Hello!\n", "before");
            for (int i = 0; i < THREADS; i++) {
                many.add(new TestClient(server.port()));
            }
            server.process().awaitErr("could not be started");

            server.assertRestsDuring(() -> server.process().awaitErr("could not be started", 5));

            LimitedServer.exchange(first, "", "meanwhile");
            LimitedServer.exchange(many.get(0), "Hello!\n", "before me one thread was left");
            for (TestClient client : many) {
                client.close();
            }
            awaitServed(server);
            LimitedServer.exchange(first, "", "after");
            first.finish();
            server.drain();
            assertThat(server.process().err()).hasSizeLessThan(40);
        } finally {
            for (TestClient client : many) {
                client.close();
            }
        }
    }

    /** As long as there is no thread, a client that was accepted is closed. */
    private static void awaitServed(LimitedServer server) throws IOException {
        String answer = "";
        while (answer.isEmpty()) {
            try (TestClient client = new TestClient(server.port())) {
                answer = client.read("Hello!\n".length());
            }
        }
        assertThat(answer).isEqualTo("Hello!\n");
    }

    private static boolean canBeSomebodyElse() throws InterruptedException {
        List<String> trial = new ArrayList<>(AS_SOMEBODY_ELSE);
        trial.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version"));
        try (ChildProcess process = ChildProcess.program(trial.toArray(new String[0]))) {
            return process.awaitExit() == 0;
        } catch (IOException e) {
            return false; // setpriv is not there
        }
    }
}
