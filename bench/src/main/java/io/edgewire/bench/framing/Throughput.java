package io.edgewire.bench.framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How many messages a second each framing reads, and Netty's decoder for the same frames, in turns. Each framing has a
 * JVM of its own, as in a server that knows one.
 */
public final class Throughput {
    /** A read that holds the whole stream. */
    static final int WHOLE = 16 * 1024;

    private static final int CUT = 1000;
    private static final int MESSAGES = 100;
    private static final int LETTERS = 64;

    /** The median of 21 lies between the 6th and the 16th with 97 %. */
    private static final int ROUNDS = 21;

    private static final int LOW = 5;
    private static final int HIGH = 15;

    private static final long ROUND_NANOS = 50_000_000;
    private static final int WARM_UP_ROUNDS = 15;
    /** How often the stream is read between two looks at the clock. */
    private static final int BATCH = 20;

    private Throughput() {}

    private record Measured(double perSecond, double allocated) {}

    /** Measures all framings, or in this JVM those that are named. */
    public static void main(String[] names) throws IOException, InterruptedException {
        if (names.length > 0) {
            InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
            // Netty's allocator has a cache only on threads like its own.
            Thread thread = new FastThreadLocalThread(() -> Pairing.all()
                    .filter(pairing -> List.of(names).contains(pairing.name()))
                    .forEach(Throughput::measure));
            thread.start();
            thread.join();
            return;
        }
        System.out.printf(
                "%s %s, %s, %d processors; messages of %d bytes%n%n",
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()),
                Runtime.getRuntime().availableProcessors(),
                LETTERS);
        System.out.println("| framing | reads | Edgewire, million/s | Netty, million/s | ratio (97 % interval)"
                + " | Edgewire, bytes allocated a message | Netty, the same |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        for (Pairing pairing : Pairing.all().toList()) {
            inItsOwnJvm(pairing.name());
        }
    }

    private static void inItsOwnJvm(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Throughput.class.getName(), name));
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(name + " ended with " + code);
        }
    }

    private static void measure(Pairing pairing) {
        byte[] stream = stream(pairing);
        for (int read : new int[] {WHOLE, CUT}) {
            Side ours = new EdgewireSide(pairing.framing());
            Side theirs = new NettySide(pairing.decoder().get());
            checkSame(ours, theirs, stream, read);
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                round(ours, stream, read);
                round(theirs, stream, read);
            }
            List<Measured> edgewire = new ArrayList<>();
            List<Measured> netty = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                edgewire.add(round(ours, stream, read));
                netty.add(round(theirs, stream, read));
            }
            print(pairing.name(), read, edgewire, netty);
        }
    }

    private static byte[] stream(Pairing pairing) {
        Random random = new Random(1);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < MESSAGES; i++) {
            ByteBuf frame = pairing.encoder().apply(pairing.message(random, LETTERS));
            stream.writeBytes(ByteBufUtil.getBytes(frame));
        }
        return stream.toByteArray();
    }

    private static void checkSame(Side ours, Side theirs, byte[] stream, int read) {
        ours.hear(stream, read);
        theirs.hear(stream, read);
        if (ours.sink().messages() != MESSAGES
                || theirs.sink().messages() != MESSAGES
                || ours.sink().sum() != theirs.sink().sum()) {
            throw new IllegalStateException("the messages are not the same");
        }
    }

    private static Measured round(Side side, byte[] stream, int read) {
        side.sink().reset();
        long allocatedBefore = allocated();
        long start = System.nanoTime();
        long nanos;
        do {
            for (int i = 0; i < BATCH; i++) {
                side.hear(stream, read);
            }
            nanos = System.nanoTime() - start;
        } while (nanos < ROUND_NANOS);
        double messages = side.sink().messages();
        return new Measured(messages * 1e9 / nanos, (allocated() - allocatedBefore) / messages);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static void print(String name, int read, List<Measured> ours, List<Measured> theirs) {
        double[] ratios = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            ratios[i] = ours.get(i).perSecond() / theirs.get(i).perSecond();
        }
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %.2f (%.2f to %.2f) | %.0f | %.0f |%n",
                name,
                read == WHOLE ? "whole" : read + " bytes",
                median(ours.stream().mapToDouble(Measured::perSecond).toArray()) / 1e6,
                median(theirs.stream().mapToDouble(Measured::perSecond).toArray()) / 1e6,
                ratios[ROUNDS / 2],
                ratios[LOW],
                ratios[HIGH],
                median(ours.stream().mapToDouble(Measured::allocated).toArray()),
                median(theirs.stream().mapToDouble(Measured::allocated).toArray()));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
