package io.edgewire.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.edgewire.protocols.framing.Framing;
import io.edgewire.protocols.framing.LengthPrefix;
import io.edgewire.protocols.framing.Line;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Streams of any bytes, cut anywhere, through each kind of framing: see {@link Play} for what must hold. */
class FramingFuzzTest {
    private static final Charset[] CHARSETS = {
        StandardCharsets.UTF_8, StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1, Charset.forName("GBK")
    };

    @FuzzTest(maxDuration = "5m")
    void delimiter(FuzzedDataProvider data) {
        int length = data.consumeInt(1, 4);
        byte[] delimiter = new byte[length];
        for (int i = 0; i < length; i++) {
            delimiter[i] = data.consumeByte((byte) 'a', (byte) 'c'); // few values, so that it is met and overlaps
        }
        int maximum = data.consumeInt(length, 40);
        Framing framing = data.consumeBoolean()
                ? Framing.delimiter(delimiter).withMaximum(maximum)
                : Framing.delimiter(delimiter).withMaximum(maximum).kept();
        Play.check(framing, data);
    }

    @FuzzTest(maxDuration = "5m")
    void line(FuzzedDataProvider data) {
        Line framing = Framing.line().withCharset(data.pickValue(CHARSETS)).withMaximum(data.consumeInt(1, 40));
        Play.check(data.consumeBoolean() ? framing : framing.kept(), data);
    }

    @FuzzTest(maxDuration = "5m")
    void lengthPrefix(FuzzedDataProvider data) {
        LengthPrefix framing = Framing.lengthPrefix(1 << data.consumeInt(0, 3))
                .withMaximum(data.consumeInt(16, 300))
                .withAdjustment(data.consumeInt(-12, 12));
        framing = data.consumeBoolean() ? framing : framing.littleEndian();
        framing = data.consumeBoolean() ? framing : framing.countingHeader();
        framing = data.consumeBoolean() ? framing : framing.withOffset(data.consumeInt(0, 6));
        framing = data.consumeBoolean() ? framing : framing.kept();
        Play.check(framing, data);
    }
}
