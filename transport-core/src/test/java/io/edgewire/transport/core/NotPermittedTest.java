package io.edgewire.transport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.api.ListenOptions;
import io.edgewire.api.TransportException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A low port, in a process without the right to it (T-3). */
class NotPermittedTest {
    private static final int LOW = 80;
    private static final Path FIRST_FOR_ALL = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    @Test
    @Timeout(60)
    void aPortThatThisUserMayNotHaveIsNotPermitted() throws Exception {
        Process child = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(told)
                .startsWith("NOT_PERMITTED: cannot listen on 127.0.0.1:" + LOW)
                .contains("Choose a port from 1024");
    }

    private static List<String> command() throws IOException {
        assumeTrue(Files.exists(FIRST_FOR_ALL), "needs Linux");
        assumeTrue(firstForAll() > LOW, "here all ports are everybody's");
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            assumeTrue(Files.isExecutable(SETPRIV), "needs setpriv to take root's right to low ports away");
            command.addAll(
                    List.of(SETPRIV.toString(), "--bounding-set=-net_bind_service", "--inh-caps=-net_bind_service"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LowPort.class.getName()));
        return command;
    }

    /** In one read: the kernel gives such a file's second part to nobody. */
    private static int firstForAll() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(FIRST_FOR_ALL)) {
            return Integer.parseInt(lines.readLine());
        }
    }

    /** Tries to bind, and tells what became of it. */
    static final class LowPort {
        private LowPort() {}

        public static void main(String[] args) throws IOException {
            InetSocketAddress low = new InetSocketAddress(InetAddress.getLoopbackAddress(), LOW);
            try {
                BoundSocket.open(ListenOptions.on(low)).close();
                System.out.println("bound");
            } catch (TransportException e) {
                System.out.println(e.kind() + ": " + e.getMessage());
            }
        }
    }
}
