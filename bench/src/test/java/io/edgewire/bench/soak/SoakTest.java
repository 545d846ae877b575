package io.edgewire.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The long runs, made short. */
class SoakTest {
    @BeforeEach
    void needsLinux() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "there is no /proc: the soak needs Linux");
    }

    @Test
    void aFewSecondsOfTheSoakEndWell() {
        String told = run(Soak::new, "--minutes", "0.04", "--rate", "100");
        assertThat(told).contains("Nothing grew, nothing was lost.");
    }

    @Tag("heavy")
    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void aMinuteOfTheSoakEndsWell(String transport) {
        String told = run(Soak::new, "--minutes", "1", "--transport", transport);
        assertThat(told).contains("Nothing grew, nothing was lost.");
    }

    @Tag("heavy")
    @ParameterizedTest
    @ValueSource(strings = {"nio", "bio"})
    void ofAHundredThousandConnectionsNothingIsLeft(String transport) {
        String told = run(Churn::new, "--connections", "100000", "--transport", transport);
        assertThat(told).contains("101500 connections in ").contains("Nothing is left.");
    }

    private static String run(Function<PrintStream, Callable<Integer>> program, String... args) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        int code = new CommandLine(program.apply(out)).execute(args);
        String text = told.toString(StandardCharsets.UTF_8);
        assertThat(code).as(text).isZero();
        return text;
    }
}
