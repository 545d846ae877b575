package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.Clock;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.ConnectionEvent.Limit;
import io.edgewire.api.event.ServerEvent;
import io.edgewire.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void eventsAndBytesArePrintedInTheirOrder() {
        Console console = console(out);
        console.start();
        console.accept(new ServerEvent.Listening("server", HERE));
        console.accept(new ConnectionEvent.Opened(1, HERE, HERE));
        console.received(1, ByteBuffer.wrap("hi".getBytes(StandardCharsets.UTF_8)));
        console.close();
        assertThat(text(out))
                .isEqualTo("TCP server running on 127.0.0.1:8080\nClient connected: 127.0.0.1:8080 (#1)\n#1: hi\n");
        assertThat(text(errors)).isEmpty();
    }

    @Test
    void aLongReadIsCutAndTold() {
        Console console = console(out);
        console.start();
        ByteBuffer read = ByteBuffer.allocate(3000);
        console.received(7, read);
        console.close();
        assertThat(read.position()).isZero();
        assertThat(text(out)).startsWith("#7: \\x00\\x00").endsWith("\\x00 ... and 1976 bytes more\n");
    }

    @Test
    void twoThousandClientsAtOnceAreSomeLinesAndASum() {
        Console console = console(out);
        for (int i = 1; i <= 2000; i++) {
            console.accept(new ConnectionEvent.Opened(i, HERE, HERE));
        }
        console.start();
        console.close();
        assertThat(text(out).lines().filter(line -> line.startsWith("Client connected")))
                .hasSizeLessThan(500);
        assertThat(text(out)).contains("... and not shown one by one: ");
    }

    @Test
    void aHundredThousandRefusedClientsAreSomeLinesAndASumThatMissesNone() {
        int clients = 100_000;
        Console console = console(out);
        console.start();
        for (int i = 0; i < clients; i++) {
            console.accept(new ConnectionEvent.Refused(HERE, HERE.getAddress(), Limit.ACCEPT_RATE, 50));
        }
        console.close();
        Await.REAL_TIME.until(
                "each is told",
                () -> text(errors).lines().mapToLong(ConsoleTest::told).sum() == clients);
        List<String> lines = text(errors).lines().toList();
        assertThat(lines).hasSizeLessThan(100);
        assertThat(lines)
                .contains("Client refused: 127.0.0.1, the limit of 50 new connections a second is reached")
                .anyMatch(line -> line.contains(" refused by the limit of new connections a second"));
        assertThat(text(out)).isEmpty();
    }

    /** Of how many clients a line tells: one, those that were lost, or a sum of both. */
    private static long told(String line) {
        return line.startsWith("Client refused")
                ? 1
                : Pattern.compile("\\d+ (?=refused|lost|lines were lost)")
                        .matcher(line)
                        .results()
                        .mapToLong(match -> Long.parseLong(match.group().strip()))
                        .sum();
    }

    @Test
    void aPausedTerminalHoldsUpNobodyAndTheLossIsTold() throws InterruptedException {
        CountDownLatch paused = new CountDownLatch(1);
        OutputStream terminal = new OutputStream() {
            @Override
            public void write(int b) {
                try {
                    paused.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                out.write(b);
            }
        };
        Console console = console(terminal);
        console.start();
        for (int i = 1; i <= 10_000; i++) {
            console.accept(new ConnectionEvent.Opened(i, HERE, HERE));
            console.received(i, ByteBuffer.wrap(new byte[] {'x'}));
        }
        paused.countDown();
        console.close();
        // The printer may have looked once more before it was held up, so the loss may be told in parts.
        long lost = 0;
        for (String line : text(errors).lines().toList()) {
            assertThat(line).matches("\\.\\.\\. \\d+ lines were lost: they came faster than they could be printed");
            lost += Long.parseLong(line.split(" ")[1]);
        }
        assertThat(lost).isBetween(10_000L, 20_000L);
    }

    private Console console(OutputStream target) {
        return new Console(new Narrator(Narrator.Show.TEXT, false), Clock.SYSTEM, printer(target), printer(errors));
    }

    private static PrintStream printer(OutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
