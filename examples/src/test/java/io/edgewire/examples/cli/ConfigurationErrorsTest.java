package io.edgewire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.examples.ChildProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is told in one message with what to do, without a stack trace, and by the right exit code. */
class ConfigurationErrorsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            serve --transport tcp                         | edgewire.server.transport is "tcp" (--transport)
            serve --protocol ecko                         | edgewire.server.protocol is "ecko" (--protocol)
            serve --device esp32                          | edgewire.server.device is "esp32" (--device)
            serve --port 70000                            | edgewire.server.port is "70000" (--port)
            serve --port http                             | edgewire.server.port is "http" (--port)
            serve --host example                          | edgewire.server.bind is "example" (--host)
            serve --set edgewire.server.prot=1            | did you mean
            serve --set edgewire.server.link-grace=10     | edgewire.server.link-grace is "10" (--set)
            serve --set port                              | write key=value
            serve --config /no/such/file.conf             | there is no configuration file /no/such/file.conf
            serve --password-file /no/such/file --ssid x  | the password file /no/such/file does not exist
            serve --port 0 --host 192.0.2.1               | 192.0.2.1
            serve --password secret123                    | put it into a file and give --password-file FILE
            serve --set edgewire.device.password=secret12 | edgewire.device.password may not be given by --set
            serve --show loud                             | --show
            serve extra                                   | extra
            config --port -1                              | edgewire.server.port is "-1" (--port)
            connect localhost                             | PORT
            connect localhost 0                           | the port is 0
            connect localhost 80 --file /no/such/file     | there is no file /no/such/file
            connect localhost 80 --wait -1                | is -1, but must be a time
            connect localhost 80 --wait NaN               | is NaN, but must be a time
            fly                                           | fly
            """)
    void aFaultOfUseIsToldInOneMessageAndExitsWithTwo(String command, String message) {
        assertThat(run(command.split(" "))).as("%s", err).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("edgewire: ")
                .contains(message)
                .doesNotContain("secret1");
        assertThat(out + "").isEmpty();
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("edgewire: say what to do: serve, connect or config; see: edgewire --help");
    }

    @ParameterizedTest
    @CsvSource({"nio", "bio"})
    void aPortInUseExitsWithOne(String transport) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertThat(run("serve", "--quiet", "--port", Integer.toString(port), "--transport", transport))
                    .isEqualTo(1);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .startsWith("edgewire: ")
                    .contains("127.0.0.1:" + port);
        }
    }

    @Test
    void aFaultInAFileIsToldWithItsLine() throws Exception {
        Path file = Files.writeString(folder.resolve("edge.conf"), "edgewire {\n  server { prot = 1 }\n}\n");
        assertThat(run("config", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains(file + ":2");
    }

    @Test
    void theEffectiveConfigurationHasOriginsAndNoSecretsInUtf8WhateverTheLocale() throws Exception {
        Path file = Files.writeString(
                folder.resolve("edge.conf"),
                "edgewire.device.sim.access-points = [{ ssid = X, password = secret123 }]\n");
        try (ChildProcess process = Cli.run(
                Map.of("LC_ALL", "C"),
                "config",
                "--config",
                file.toString(),
                "--port",
                "9",
                "--set",
                "edgewire.server.bind=any",
                "--ssid",
                "你好")) {
            assertThat(process.awaitExit()).as("%s", process).isZero();
            assertThat(process.out())
                    .contains(
                            "edgewire.server.port = \"9\"  # --port",
                            "edgewire.server.bind = \"any\"  # --set",
                            "edgewire.device.ssid = \"你好\"  # --ssid",
                            "edgewire.protocol.echo.prefix = \"recv: \"  # default");
            assertThat(process.out()).anyMatch(line -> line.endsWith("  # " + file + ":1"));
            assertThat(String.join("\n", process.out())).contains("***").doesNotContain("secret123");
        }
    }

    @ParameterizedTest
    @CsvSource({"--help", "serve --help", "connect --help", "config --help", "--version"})
    void helpIsThereEverywhere(String command) {
        assertThat(run(command.split(" "))).isZero();
        assertThat(out + "").isNotEmpty();
        assertThat(err + "").isEmpty();
    }

    private int run(String... args) {
        return EdgewireMain.run(args, new PrintWriter(out), new PrintWriter(err));
    }
}
