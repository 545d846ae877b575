package io.edgewire.examples.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.examples.TestClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("heavy")
@Timeout(300)
class DescriptorsTest {
    private static final int CLIENTS = 150;
    /** Accepts that failed and are told one by one before the process was long enough without descriptors: 10 s. */
    private static final int LONG_ENOUGH = 12;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aServerOutOfDescriptorsServesOnRestsTellsItInFewLinesAndRecovers(String transport) throws Exception {
        String script = "ulimit -n 64; exec \"$0\" \"$@\"";
        List<TestClient> many = new ArrayList<>();
        try (LimitedServer server =
                        LimitedServer.start(script, ClassPath.jars(folder), "64m", "--transport", transport);
                TestClient first = new TestClient(server.port())) {
            LimitedServer.exchange(first, "Hello!\n", "before");
            for (int i = 0; i < CLIENTS; i++) {
                many.add(new TestClient(server.port()));
            }
            server.process().awaitErr("Cannot accept: Too many open files");

            server.assertRestsDuring(() -> server.process().awaitErr("Cannot accept: ", LONG_ENOUGH));

            LimitedServer.exchange(first, "", "meanwhile");
            LimitedServer.exchange(many.get(0), "Hello!\n", "before me one descriptor was left");
            for (TestClient client : many) {
                client.close();
            }
            for (int i = 0; i < 10; i++) {
                server.serveOne();
            }
            LimitedServer.exchange(first, "", "after");
            first.finish();
            server.drain();
            assertThat(server.process().err()).hasSizeLessThan(3 * LONG_ENOUGH);
        } finally {
            for (TestClient client : many) {
                client.close();
            }
        }
    }
}
