package io.edgewire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.event.ClientEvent;
import io.edgewire.testkit.RecordingEvents;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was sent and what became of it, against what the server has. */
final class Ledger {
    private final Map<Integer, Outgoing> sent = new TreeMap<>();

    void sent(int number, Outgoing message) {
        sent.put(number, message);
    }

    int size() {
        return sent.size();
    }

    /** In order, none twice, and of each message the truth was told. */
    void check(List<Integer> received, RecordingEvents events) {
        assertThat(received)
                .as("in order, and none twice")
                .isEqualTo(received.stream().sorted().distinct().toList());
        Set<Integer> arrived = new HashSet<>(received);
        assertThat(sent.keySet()).containsAll(arrived);
        int unknown = 0;
        for (Map.Entry<Integer, Outgoing> entry : sent.entrySet()) {
            Outcome outcome = World.outcome(entry.getValue());
            assertThat(outcome).as("the outcome of %s", entry.getKey()).isNotNull();
            switch (outcome) {
                case SENT -> assertThat(arrived).contains(entry.getKey());
                case NOT_SENT -> assertThat(arrived).doesNotContain(entry.getKey());
                case UNKNOWN -> unknown++;
            }
        }
        assertThat(events.all(ClientEvent.Disconnected.class).stream()
                        .mapToInt(ClientEvent.Disconnected::unknown)
                        .sum())
                .as("losses told when they happened")
                .isEqualTo(unknown);
    }
}
