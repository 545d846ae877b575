package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.wlan.IfConfig;
import io.edgewire.api.wlan.JoinFailure;
import io.edgewire.api.wlan.LinkState;
import io.edgewire.api.wlan.WlanException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The diagram at the top of {@link StationMachine}, arrow by arrow, and the arrows that it has not. */
class StationTransitionsTest {
    /** What happens to a station that rests in the first column. */
    private static final String TABLE = """
            # from      | what happens      | the states that follow
            Down        | JOIN              | Associating
            Down        | LEAVE             |
            Down        | ADDRESS           |
            Down        | CLOSE             |
            Associating | JOIN              |
            Associating | LEAVE             | Down
            Associating | CLOSE             | Down
            Associating | LINK              | Acquiring
            Associating | ADDRESS           | Acquiring Up
            Associating | LINK_DOWN         | Retrying
            Associating | WRONG_KEY         | Failed
            Associating | DUMB              | Retrying
            Associating | TIME              | Retrying
            Acquiring   | JOIN              |
            Acquiring   | LEAVE             | Down
            Acquiring   | CLOSE             | Down
            Acquiring   | LINK              |
            Acquiring   | ADDRESS           | Up
            Acquiring   | LINK_DOWN         | Retrying
            Acquiring   | WRONG_KEY         | Failed
            Acquiring   | DUMB              | Retrying
            Acquiring   | TIME              | Retrying
            Up          | JOIN              |
            Up          | LEAVE             | Down
            Up          | CLOSE             | Down
            Up          | ADDRESS           |
            Up          | TIME              |
            Up          | OTHER_ADDRESS     | Lost Associating Acquiring Up
            Up          | LINK              | Lost Associating Acquiring
            Up          | LINK_DOWN         | Lost Associating
            Up          | DUMB              | Lost Associating Retrying
            Retrying    | JOIN              |
            Retrying    | LEAVE             | Down
            Retrying    | CLOSE             | Down
            Retrying    | LINK              |
            Retrying    | LINK_DOWN         |
            Retrying    | DUMB              |
            Retrying    | ADDRESS           | Associating Acquiring Up
            Retrying    | TIME              | Associating
            Failed      | JOIN              | Associating
            Failed      | LEAVE             | Down
            Failed      | CLOSE             | Down
            Failed      | ADDRESS           |
            Failed      | TIME              |
            """;

    private enum Happening {
        JOIN,
        LEAVE,
        CLOSE,
        LINK,
        ADDRESS,
        OTHER_ADDRESS,
        LINK_DOWN,
        WRONG_KEY,
        DUMB,
        TIME
    }

    private final StrictWlan device = new StrictWlan();
    private final Life life = Life.of(device, Life.OPTIONS);

    @ParameterizedTest(name = "{0} and then {1}: {2}")
    @CsvSource(delimiter = '|', emptyValue = "", nullValues = "-", textBlock = TABLE)
    void followsTheDiagram(String from, Happening happening, String expected) {
        bring(from);
        // From here on, an attempt stays under way, so that one happening shows what follows from it alone.
        device.onConnect = () -> device.link = LinkState.JOINING;
        life.forget();
        happen(happening);

        List<String> wanted = expected == null ? List.of() : List.of(expected.split(" "));
        assertThat(life.names()).isEqualTo(wanted);
    }

    @Test
    void theTableHasEveryState() {
        List<String> from = new ArrayList<>();
        TABLE.lines().filter(line -> !line.startsWith("#")).forEach(line -> from.add(line.split(" ")[0]));

        // Lost is left within the step that enters it.
        assertThat(from).contains("Down", "Associating", "Acquiring", "Up", "Retrying", "Failed");
    }

    private void bring(String state) {
        switch (state) {
            case "Down" -> life.run();
            case "Associating" -> joining(() -> device.link = LinkState.JOINING);
            case "Acquiring" -> joining(() -> device.goUp(IfConfig.NONE));
            case "Up" -> joining(() -> device.goUp(StrictWlan.FIRST));
            case "Retrying" -> joining(() -> device.goDown(JoinFailure.NOT_FOUND));
            case "Failed" -> joining(() -> device.goDown(JoinFailure.WRONG_KEY));
            default -> throw new IllegalArgumentException(state);
        }
        assertThat(life.names()).last().isEqualTo(state);
    }

    private void joining(Runnable outcome) {
        device.onConnect = outcome;
        life.join();
    }

    private void happen(Happening happening) {
        switch (happening) {
            case JOIN -> life.station.join();
            case LEAVE -> life.station.leave();
            case CLOSE -> life.station.close();
            case LINK -> device.goUp(IfConfig.NONE);
            case ADDRESS -> device.goUp(StrictWlan.FIRST);
            case OTHER_ADDRESS -> device.goUp(StrictWlan.SECOND);
            case LINK_DOWN -> device.goDown();
            case WRONG_KEY -> device.goDown(JoinFailure.WRONG_KEY);
            case DUMB -> device.dumb = new WlanException(WlanException.Kind.UNAVAILABLE, "unplugged");
            case TIME -> {
                untilItsLimit();
                return;
            }
        }
        life.poll();
    }

    /** As long as the present state may last, and no longer. */
    private void untilItsLimit() {
        switch (life.station.state().getClass().getSimpleName()) {
            case "Associating" -> life.after(Life.OPTIONS.connectTimeout().plusSeconds(1));
            case "Acquiring" -> life.after(Life.OPTIONS.leaseTimeout());
            case "Retrying" -> life.after(Life.OPTIONS.backoff().first());
            default -> life.after(Duration.ofHours(1));
        }
    }
}
