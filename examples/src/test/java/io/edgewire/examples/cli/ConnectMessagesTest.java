package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewire.examples.ChildProcess;
import io.edgewire.examples.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code edgewire connect} as a process, against servers that others have written. */
@Timeout(120)
class ConnectMessagesTest {
    /** Serves one client: first tells its port, then does what its argument says. */
    private static final String SERVER = """
            import socket, struct, sys
            listener = socket.create_server(("127.0.0.1", 0))
            print("port", listener.getsockname()[1], flush=True)
            client, _ = listener.accept()
            def exactly(count):
                data = b""
                while len(data) < count:
                    more = client.recv(count - len(data))
                    if not more:
                        return None
                    data += more
                return data
            """;

    private static final String LENGTHS = SERVER + """
            while (head := exactly(4)) is not None:
                message = exactly(struct.unpack(">I", head)[0])
                answer = message.upper()
                client.sendall(struct.pack(">I", len(answer)) + answer)
            """;
    private static final String ECHO = SERVER + """
            while data := client.recv(65536):
                client.sendall(data)
            """;
    private static final String ENDLESS = SERVER + """
            try:
                while True:
                    client.sendall(b"again" * 1000 + bytes([10]))
            except OSError:
                print("left", flush=True)
            """;
    /** Has nothing to say and says so, and hears out the other side. */
    private static final String LISTENS = SERVER + """
            client.shutdown(socket.SHUT_WR)
            count = 0
            while data := client.recv(65536):
                count += len(data)
            print("heard", count, flush=True)
            """;

    private static final String PINGS = SERVER + """
            client.sendall(struct.pack(">I", 4) + b"PING")
            print(exactly(8), flush=True)
            client.sendall(struct.pack(">I", 4) + b"data")
            """;
    private static final String BROKEN = SERVER + """
            client.sendall(b"GET / HTTP/1.1")
            exactly(1000)
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsPython() {
        assumeTrue(Programs.isInstalled("python3"), "needs python3, whose sockets serve");
    }

    @Test
    void eachLineIsAMessageAndEachMessageALine() throws Exception {
        try (ChildProcess server = python(LENGTHS);
                ChildProcess client = connect(server, "--framing", "length4", "--summary")) {
            client.input().write("one\n\nthree".getBytes(StandardCharsets.UTF_8));
            client.input().close();
            assertThat(client.awaitExit()).as("%s", client).isZero();
            assertThat(client.out()).containsExactly("ONE", "", "THREE");
            assertThat(client.err())
                    .anyMatch(
                            line -> line.startsWith("-- Sent 20 bytes in 3 messages, received 20 bytes in 3 messages"))
                    .anyMatch(line -> line.startsWith("-- Round trip of 3 answers: min "));
        }
    }

    @Test
    void aMessageIsSentAsOftenAsAskedAndEachAnswerIsTimed() throws Exception {
        try (ChildProcess server = python(LENGTHS);
                ChildProcess client = connect(
                        server,
                        "--framing",
                        "length4",
                        "--send",
                        "a",
                        "--repeat",
                        "5",
                        "--every",
                        "1ms",
                        "--summary")) {
            assertThat(client.awaitExit()).as("%s", client).isZero();
            assertThat(client.out()).containsExactly("A", "A", "A", "A", "A");
            assertThat(client.err()).anyMatch(line -> line.contains("Round trip of 5 answers"));
        }
    }

    @Test
    void whatIsRepeatedForEverEndsInOrderByCtrlC() throws Exception {
        assumeTrue(!ChildProcess.ignoresCtrlC(), "SIGINT is ignored here");
        try (ChildProcess server = python(LENGTHS);
                ChildProcess client = connect(
                        server,
                        "--framing",
                        "length4",
                        "--send",
                        "a",
                        "--repeat",
                        "forever",
                        "--every",
                        "1ms",
                        "--summary")) {
            client.awaitOut("A", 3);
            client.interrupt();
            assertThat(client.awaitExit()).as("%s", client).isZero();
            assertThat(client.err()).anyMatch(line -> line.startsWith("-- Sent "));
        }
    }

    @Test
    void inAPipeTheOutputIsExactlyWhatCame() throws Exception {
        byte[] content = new byte[1024 * 1024];
        new Random(1).nextBytes(content);
        Path sent = Files.write(folder.resolve("sent"), content);
        Path received = folder.resolve("received");
        try (ChildProcess server = python(ECHO);
                ChildProcess client = shell("\"$@\" > '" + received + "'", args(server, "--file", sent.toString()))) {
            assertThat(client.awaitExit()).as("%s", client).isZero();
            assertThat(client.err()).isEmpty();
            assertThat(Arrays.equals(Files.readAllBytes(received), content)).isTrue();
        }
    }

    @Test
    void aFileIsSentWholeAlsoToAServerThatHasEndedFirst() throws Exception {
        Path sent = Files.write(folder.resolve("sent"), new byte[16 * 1024 * 1024]);
        try (ChildProcess server = python(LISTENS);
                ChildProcess client = connect(server, "--file", sent.toString())) {
            assertThat(client.awaitExit()).as("%s", client).isZero();
            server.awaitOut("heard 16777216");
        }
    }

    @Test
    void whoReadsOnlyTheFirstLineEndsItWithoutAWord() throws Exception {
        try (ChildProcess server = python(ENDLESS);
                ChildProcess client = shell("{ \"$@\"; echo ended with $? >&2; } | head -c 5", args(server))) {
            assertThat(client.awaitExit()).as("%s", client).isZero();
            assertThat(client.out()).containsExactly("again");
            assertThat(client.err()).containsExactly("ended with 0");
            server.awaitOut("left");
        }
    }

    @Test
    void aFullDiskIsAFailure() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");
        try (ChildProcess server = python(ENDLESS);
                ChildProcess client = shell("\"$@\" > /dev/full", args(server))) {
            assertThat(client.awaitExit()).as("%s", client).isEqualTo(1);
            assertThat(client.err()).singleElement().asString().startsWith("edgewire: cannot write what comes: ");
        }
    }

    @Test
    void aBadDigitInAPipeEndsAllAfterTheLinesBefore() throws Exception {
        try (ChildProcess server = python(ECHO);
                ChildProcess client = connect(server, "--hex-in", "--hex")) {
            client.input().write("0x61 62\n6\n63\n".getBytes(StandardCharsets.UTF_8));
            client.input().flush();
            assertThat(client.awaitExit()).as("%s", client).isEqualTo(1);
            assertThat(String.join(" ", client.out())).isIn("61 62", "");
            assertThat(client.err()).singleElement().asString().startsWith("edgewire: line 2, column 2: ");
        }
    }

    @Test
    void heartbeatsInMessagesAreAnsweredAsMessages() throws Exception {
        try (ChildProcess server = python(PINGS);
                ChildProcess client = connect(server, "--framing", "length4", "--pong")) {
            server.awaitOut("b'\\x00\\x00\\x00\\x04PONG'");
            assertThat(client.awaitExit()).as("%s", client).isZero();
            assertThat(client.out()).containsExactly("data");
        }
    }

    @Test
    void whatIsNoFrameIsShownAndExitsWithOne() throws Exception {
        try (ChildProcess server = python(BROKEN);
                ChildProcess client = connect(server, "--framing", "length4")) {
            assertThat(client.awaitExit()).as("%s", client).isEqualTo(1);
            assertThat(client.err())
                    .singleElement()
                    .asString()
                    .contains("PROTOCOL_ERROR")
                    .contains("47 45 54 20");
        }
    }

    private static ChildProcess python(String script) throws Exception {
        return ChildProcess.program("python3", "-c", script);
    }

    private static String[] args(ChildProcess server, String... options) {
        String port = server.awaitOut("port ").substring("port ".length());
        List<String> args = new ArrayList<>(List.of("connect", "127.0.0.1", port));
        args.addAll(List.of(options));
        return args.toArray(new String[0]);
    }

    private static ChildProcess connect(ChildProcess server, String... options) throws Exception {
        return Cli.run(args(server, options));
    }

    /** A shell command in which the client is {@code "$@"}. */
    private static ChildProcess shell(String script, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(ChildProcess.javaCommand(EdgewireMain.class, "128m", args));
        return ChildProcess.program(command.toArray(new String[0]));
    }
}
