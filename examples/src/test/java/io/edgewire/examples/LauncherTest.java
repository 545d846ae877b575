package io.edgewire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code ./edgewire}, with stand-ins for Maven and Java, in a folder whose name has a blank. */
class LauncherTest {
    /** Ends as Maven does: what resets the colour is no line of its own. */
    private static final String FAILING_MAVEN = "echo '[ERROR] broken'; printf '\\033[0m'; exit 1";

    @TempDir
    private Path folder;

    private Path checkout;
    private Path jar;

    @BeforeEach
    void copy() throws IOException {
        checkout = Files.createDirectories(folder.resolve("my checkout"));
        jar = checkout.resolve("examples/target/edgewire.jar");
        Files.copy(Path.of("..", "edgewire"), checkout.resolve("edgewire"));
        Files.writeString(checkout.resolve("pom.xml"), "");
        script(folder.resolve("jdk/bin/java"), "echo ran \"$@\"");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    @Test
    void withoutAJarItBuildsOneAndRunsIt() throws Exception {
        maven("mkdir -p \"$(dirname '" + jar + "')\" && : >'" + jar + "'");
        try (ChildProcess launcher = launch(checkout.resolve("edgewire"))) {
            assertThat(launcher.awaitExit()).as("%s", launcher).isZero();
            assertThat(launcher.out()).singleElement().asString().endsWith("-jar " + jar + " --version");
        }
    }

    @Test
    void aBuildThatFailsIsToldAndTheJarFromBeforeIsNotRun() throws Exception {
        maven(FAILING_MAVEN);
        jarFromBefore();
        for (int attempt = 1; attempt <= 2; attempt++) {
            try (ChildProcess launcher = launch(checkout.resolve("edgewire"))) {
                assertThat(launcher.awaitExit()).as("%s", launcher).isEqualTo(1);
                assertThat(launcher.err()).contains("[ERROR] broken");
                assertThat(launcher.err()).anyMatch(line -> line.startsWith("edgewire: the build failed"));
                assertThat(launcher.out()).isEmpty();
            }
        }
    }

    @Test
    void aLinkToItRunsWhereItLeads() throws Exception {
        maven(FAILING_MAVEN);
        jarFromBefore();
        Files.setLastModifiedTime(checkout.resolve("pom.xml"), FileTime.fromMillis(0));
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("first"), Path.of("..", "my checkout", "edgewire"));
        Path second = Files.createSymbolicLink(links.resolve("second"), links.resolve("first"));
        try (ChildProcess launcher = launch(second)) {
            assertThat(launcher.awaitExit()).as("%s", launcher).isZero();
            assertThat(launcher.out()).singleElement().asString().endsWith("-jar " + jar + " --version");
        }
    }

    private void jarFromBefore() throws IOException {
        Files.createDirectories(jar.getParent());
        Files.setLastModifiedTime(Files.writeString(jar, ""), FileTime.fromMillis(1_000));
    }

    private void maven(String body) throws IOException {
        script(folder.resolve("bin/mvn"), body);
    }

    private static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private ChildProcess launch(Path launcher) throws IOException {
        return ChildProcess.program(
                "env",
                "JAVA_HOME=" + folder.resolve("jdk"),
                "PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH"),
                "sh",
                launcher.toString(),
                "--version");
    }
}
