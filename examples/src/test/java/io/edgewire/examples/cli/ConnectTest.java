package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.examples.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code edgewire connect} against a plain socket that knows nothing of ours. */
class ConnectTest {
    private final StringWriter err = new StringWriter();
    private ServerSocket listener;

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(ChildProcess.LIMIT_SECONDS * 1000);
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
    }

    @Test
    void itSendsItsInputAndPrintsTheAnswerUntilTheServerCloses() throws Exception {
        try (ChildProcess client = connect()) {
            client.input().write("hello\n".getBytes(StandardCharsets.UTF_8));
            client.input().close();
            try (Socket server = accept()) {
                assertThat(read(server, 6)).isEqualTo("hello\n");
                write(server, "你好\n");
            }
            assertThat(client.awaitExit()).isZero();
            assertThat(client.out()).containsExactly("你好");
            assertThat(client.err()).isEmpty();
        }
    }

    @Test
    void aServerThatAnswersOnlyAfterTheEndOfTheInputIsHeard() throws Exception {
        try (ChildProcess client = connect()) {
            client.input().write("question".getBytes(StandardCharsets.UTF_8));
            client.input().close();
            try (Socket server = accept()) {
                assertThat(new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("question");
                write(server, "answer\n");
            }
            assertThat(client.awaitExit()).isZero();
            assertThat(client.out()).containsExactly("answer");
        }
    }

    @Test
    void whenEverythingIsSentItClosesAfterTheSilence() throws Exception {
        try (ChildProcess client = connect("--wait", "0.2")) {
            client.input().close();
            try (Socket server = accept()) {
                write(server, "welcome\n");
                assertThat(server.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(client.awaitExit()).isZero();
            assertThat(client.out()).containsExactly("welcome");
        }
    }

    @Test
    void aFileOfMegabytesArrivesWholeAtAServerThatReadsLate() throws Exception {
        byte[] content = new byte[8 * 1024 * 1024];
        new Random(1).nextBytes(content);
        CompletableFuture<Integer> client = sending(content, "--wait", "0.5");
        try (Socket server = accept()) {
            byte[] received = server.getInputStream().readNBytes(content.length);
            assertThat(Arrays.equals(received, content)).isTrue();
            server.shutdownOutput();
            assertThat(server.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(exitCode(client)).isZero();
    }

    @Test
    void linesMayEndWithCrLf() throws Exception {
        CompletableFuture<Integer> client = sending("a\nb\r\n".getBytes(StandardCharsets.UTF_8), "--crlf");
        try (Socket server = accept()) {
            assertThat(read(server, 6)).isEqualTo("a\r\nb\r\n");
        }
        assertThat(exitCode(client)).isZero();
    }

    @Test
    void whatComesCanBePrintedAsDigits() throws Exception {
        try (ChildProcess client = connect("--hex")) {
            try (Socket server = accept()) {
                write(server, "ab\n");
            }
            assertThat(client.awaitExit()).isZero();
            assertThat(client.out()).containsExactly("61 62 0a");
        }
    }

    @Test
    void itAnswersHeartbeatsWithoutShowingThem() throws Exception {
        try (ChildProcess client = connect("--pong")) {
            try (Socket server = accept()) {
                write(server, "PING\n");
                assertThat(read(server, 5)).isEqualTo("PONG\n");
                write(server, "data\n");
            }
            assertThat(client.awaitExit()).isZero();
            assertThat(client.out()).containsExactly("data");
        }
    }

    @Test
    void whereNobodyListensItSaysSoAndExitsWithOne() throws Exception {
        int port = listener.getLocalPort();
        listener.close();
        assertThat(exitCode(sending(new byte[] {'x'}))).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("edgewire: cannot connect to 127.0.0.1:" + port);
    }

    @Test
    void aResetExitsWithOne() throws Exception {
        CompletableFuture<Integer> client = sending(new byte[] {'x'});
        try (Socket server = accept()) {
            assertThat(read(server, 1)).isEqualTo("x");
            server.setSoLinger(true, 0);
        }
        assertThat(exitCode(client)).isEqualTo(1);
        assertThat(err.toString()).contains("lost the connection").contains("RESET");
    }

    /** The command in this process, for what neither reads the standard input nor prints what comes. */
    private CompletableFuture<Integer> sending(byte[] content, String... options) throws IOException {
        Path file = Files.write(folder.resolve("data"), content);
        List<String> args = new ArrayList<>(
                List.of("connect", "127.0.0.1", Integer.toString(listener.getLocalPort()), "--file", file.toString()));
        args.addAll(List.of(options));
        return CompletableFuture.supplyAsync(() -> EdgewireMain.run(
                args.toArray(new String[0]), new PrintWriter(new StringWriter()), new PrintWriter(err)));
    }

    private static int exitCode(CompletableFuture<Integer> command) throws Exception {
        return command.get(ChildProcess.LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private ChildProcess connect(String... options) throws IOException {
        String[] args = Arrays.copyOf(
                new String[] {"connect", "127.0.0.1", Integer.toString(listener.getLocalPort())}, 3 + options.length);
        System.arraycopy(options, 0, args, 3, options.length);
        return Cli.run(args);
    }

    private Socket accept() throws IOException {
        Socket socket = listener.accept();
        socket.setSoTimeout(ChildProcess.LIMIT_SECONDS * 1000);
        return socket;
    }

    private static String read(Socket socket, int bytes) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
