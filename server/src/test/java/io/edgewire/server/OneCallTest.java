package io.edgewire.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.TransportException;
import io.edgewire.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneCallTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<Object> seen = new ArrayList<>();

    @Test
    void whereThereIsNoThreadForACallItFailsAndTheNextStepFollows() {
        OneCall call = new OneCall(
                scheduler,
                task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                },
                () -> seen.add("next"));

        call.begin(() -> "unused", (result, failure) -> seen.add(String.valueOf(failure)));
        scheduler.advance(Duration.ZERO);

        assertThat(call.busy()).isFalse();
        assertThat(seen).hasSize(2).endsWith("next");
        assertThat(seen.get(0))
                .asString()
                .startsWith(TransportException.class.getName())
                .contains("no thread");
    }
}
