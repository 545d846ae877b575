package io.edgewire.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A system that is out of descriptors: connections wait in the kernel, those that are open live, and it recovers. */
class DescriptorExhaustionTest {
    private static final Path BASH = Path.of("/bin/bash");
    private static final int DESCRIPTORS = 64;

    @Test
    @Timeout(60)
    void aServerThatIsOutOfDescriptorsServesOnAndRecovers() throws Exception {
        assumeTrue(Files.isExecutable(BASH), "needs bash to limit a process");
        Process server = new ProcessBuilder(
                        BASH.toString(),
                        "-c",
                        "ulimit -n " + DESCRIPTORS + "; exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FewDescriptors.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = server.inputReader()) {
            int port = Integer.parseInt(lines.readLine());
            assertItRecovers(port, lines);
        } finally {
            server.getOutputStream().close();
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
            server.destroyForcibly();
        }
        assertThat(server.exitValue()).isZero();
    }

    private static void assertItRecovers(int port, BufferedReader lines) throws IOException {
        List<Socket> many = new ArrayList<>();
        try (Socket first = dial(port)) {
            NioServer.exchange(first, "before");
            for (int i = 0; i < DESCRIPTORS; i++) {
                many.add(dial(port));
            }
            assertThat(lines.readLine()).isEqualTo("accept failed");
            NioServer.exchange(first, "meanwhile");
            for (Socket socket : many) {
                socket.close();
            }
            try (Socket late = dial(port)) {
                NioServer.exchange(late, "after");
            }
        }
    }

    private static Socket dial(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }
}
