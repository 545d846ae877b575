package io.edgewire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That every rule has a test, and every test that names a rule names one that exists. */
class RuleCoverageTest {
    private static final Pattern IN_SPEC = Pattern.compile("(?m)^\\| ([A-Z]-\\d+) \\|");
    private static final Pattern IN_TEST = Pattern.compile("(?m)^ *@Rule\\(\"([^\"]+)\"\\)");

    @Test
    void everyRuleOfTheSpecificationIsProvedByATest() {
        Set<String> untested = specified();
        untested.removeAll(claimed());

        assertThat(untested).as("rules that no test claims by @Rule").isEmpty();
    }

    @Test
    void noTestClaimsARuleThatDoesNotExist() {
        Set<String> unknown = claimed();
        unknown.removeAll(specified());

        assertThat(unknown).as("rules that docs/spec does not know").isEmpty();
    }

    @Test
    void theSpecificationIsFound() {
        assertThat(specified()).contains("T-1", "C-29", "P-9", "D-14", "S-15", "E-1", "H-1");
    }

    private static Set<String> specified() {
        Set<String> rules = new TreeSet<>();
        walk(root().resolve("docs/spec"), ".md").forEach(file -> addAll(rules, IN_SPEC, file));
        return rules;
    }

    private static Set<String> claimed() {
        Set<String> rules = new TreeSet<>();
        for (Path module : modules()) {
            walk(module.resolve("src"), ".java").forEach(file -> addAll(rules, IN_TEST, file));
        }
        return rules;
    }

    private static Set<Path> modules() {
        try (Stream<Path> all = Files.list(root())) {
            return new TreeSet<>(
                    all.filter(path -> Files.isDirectory(path.resolve("src"))).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("docs/spec")) ? here : here.getParent();
    }

    private static Stream<Path> walk(Path folder, String ending) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addAll(Set<String> rules, Pattern pattern, Path file) {
        try {
            pattern.matcher(Files.readString(file)).results().forEach(match -> rules.add(match.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
