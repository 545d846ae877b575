package io.edgewire.device.k230;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.Ssid;
import io.edgewire.testkit.ManualScheduler;
import io.edgewire.testkit.Rule;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key is in nothing that anybody could print. */
class SecretsTest {
    private static final String KEY = "open sesame 芝麻开门";
    private static final String WRONG = "open barley 大麦开门";

    @ParameterizedTest
    @EnumSource
    @Rule("D-13")
    void noKeyIsInAnEventAnExceptionOrAText(SimulatedProfile profile) {
        ManualScheduler scheduler = new ManualScheduler();
        Turnstile turnstile = new Turnstile();
        SimulatedAccessPoint point = SimulatedAccessPoint.of(Life.SSID, KEY.toCharArray());
        SimulatedWlanOptions options =
                SimulatedWlanOptions.DEFAULTS.withProfile(profile).withAccessPoints(point);
        List<Object> printed = new ArrayList<>(List.of(point, options));
        for (String key : List.of(KEY, WRONG)) {
            for (Ssid ssid : List.of(Life.SSID, Ssid.parse(""))) {
                SimulatedWlan board = new SimulatedWlan(options, scheduler, turnstile);
                Credentials credentials = Credentials.of(ssid, key.toCharArray());
                Life life = new Life(scheduler, board, credentials, Life.OPTIONS, turnstile);
                life.join().after(Duration.ofSeconds(20));
                board.air().drop();
                life.after(Duration.ofSeconds(20));
                printed.addAll(List.of(board, board.info(), board.link(), credentials, life.station));
                life.station.close();
                life.after(Duration.ofSeconds(20));
                printed.addAll(life.events.all());
                printed.addAll(life.states);
                life.deviceFailures().forEach(failure -> printed.add(trace(failure)));
            }
        }

        assertThat(printed).hasSizeGreaterThan(40);
        assertThat(printed)
                .noneMatch(thing ->
                        thing.toString().contains("sesame") || thing.toString().contains("barley"));
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
