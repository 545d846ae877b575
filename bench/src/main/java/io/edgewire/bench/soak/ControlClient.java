package io.edgewire.bench.soak;

import io.edgewire.bench.soak.EchoCheck.Word;
import io.edgewire.bench.soak.EchoCheck.WrongByteException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody like you: comes every second, says something, wants the answer, and says good-bye. Whatever the others do,
 * it must be served, within a limit.
 */
final class ControlClient implements Runnable, AutoCloseable {
    private static final long PAUSE_MILLIS = 1000;
    private static final int LIMIT_MILLIS = (int) Duration.ofSeconds(30).toMillis();
    private static final int LENGTH = 64;

    private final InetSocketAddress server;
    private final Outages outages;
    private final Findings findings;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong worst = new AtomicLong();
    private final AtomicInteger served = new AtomicInteger();

    ControlClient(InetSocketAddress server, Outages outages, Findings findings) {
        this.server = server;
        this.outages = outages;
        this.findings = findings;
    }

    /** The longest visit since this was last asked, in milliseconds. */
    long worstMillis() {
        return worst.getAndSet(0);
    }

    int served() {
        return served.get();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    @Override
    public void run() {
        try {
            for (long visit = 1; !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS); visit++) {
                if (!outages.isDown()) {
                    visit(visit);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void visit(long number) {
        long begun = System.nanoTime();
        try {
            talk(number);
            served.incrementAndGet();
            worst.accumulateAndGet((System.nanoTime() - begun) / 1_000_000, Math::max);
        } catch (IOException e) {
            findings.suspect("the control client was not served: " + e.getMessage() + load(), begun, System.nanoTime());
        } catch (WrongByteException e) {
            findings.wrong("the control client: " + e.getMessage());
        }
    }

    /** Whoever reads of the failure will ask whether the machine had time for us. */
    private static String load() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                " (load average %.1f on %d processors)",
                system.getSystemLoadAverage(),
                system.getAvailableProcessors());
    }

    private void talk(long number) throws IOException, WrongByteException {
        EchoCheck check = new EchoCheck(new Payload(number));
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.connect(server, LIMIT_MILLIS);
            readUntil(socket, check, Word.GREETING, 0);
            Payload payload = new Payload(number);
            byte[] bytes = new byte[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                bytes[i] = payload.next();
            }
            socket.getOutputStream().write(bytes);
            readUntil(socket, check, Word.PREFIX, LENGTH);
            socket.getOutputStream().write(Word.END.bytes().array());
            readUntil(socket, check, Word.END, LENGTH);
            if (socket.getInputStream().read() >= 0) {
                throw new IOException("there was more after the end");
            }
        }
    }

    private static void readUntil(Socket socket, EchoCheck check, Word word, int length)
            throws IOException, WrongByteException {
        byte[] buffer = new byte[LENGTH * 2];
        while (check.count(word) == 0 || check.heard() < length) {
            int count = socket.getInputStream().read(buffer);
            if (count < 0) {
                throw new IOException("closed before " + word);
            }
            check.take(ByteBuffer.wrap(buffer, 0, count));
        }
    }
}
