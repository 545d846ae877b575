package io.edgewire.examples.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.TestClient;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("heavy")
@Timeout(300)
class FloodTest {
    private static final int CLIENTS = 30_000;
    private static final int PLACES = 100;
    private static final int RATE = 50;
    private static final Pattern SUM = Pattern.compile("let in (\\d+), FIN (\\d+), RST 0, other 0");

    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aFloodOfClientsIsTurnedAwayByFinInFewLinesWhileThoseInsideAreServed(String transport) throws Exception {
        try (LimitedServer server = LimitedServer.withHeap(
                        "64m",
                        "--transport",
                        transport,
                        "--set",
                        "edgewire.connection.max=" + PLACES,
                        "--set",
                        "edgewire.connection.accept-rate=" + RATE);
                TestClient inside = new TestClient(server.port())) {
            LimitedServer.exchange(inside, "Hello!\n", "before");
            try (ChildProcess flood = Crowd.of(CLIENTS, "flood.py", server.port())) {
                Crowd.PATIENT.until("the flood is over", () -> {
                    LimitedServer.exchange(inside, "", "meanwhile");
                    return !flood.isAlive() || !flood.out().isEmpty();
                });
                Matcher sum = SUM.matcher(flood.awaitOut("let in"));
                assertThat(sum.matches()).as("%s", flood).isTrue();
                int letIn = Integer.parseInt(sum.group(1));
                assertThat(letIn).isBetween(RATE - 1, PLACES - 1);
                assertThat(Integer.parseInt(sum.group(2))).isEqualTo(CLIENTS - letIn);
            }
            LimitedServer.exchange(inside, "", "after");
            inside.finish();
            server.drain();
            assertThat(server.process().err())
                    .hasSizeLessThan(200)
                    .anyMatch(
                            line -> line.contains("not shown one by one: ") && line.contains(" refused by the limit"));
        }
    }
}
