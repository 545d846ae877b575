package io.edgewire.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * What came of a contract test that was run from within a test: for those who prove that a wrong implementation fails.
 * Needs {@code junit-platform-launcher}.
 *
 * @param tests how many tests ran
 * @param brokenRules the rules of the tests that failed
 * @param failures each failed test and why
 */
public record RuleRun(long tests, Set<String> brokenRules, List<String> failures) {
    /** Copies the collections. */
    public RuleRun {
        brokenRules = new TreeSet<>(brokenRules);
        failures = List.copyOf(failures);
    }

    /** Runs a class of tests. */
    public static RuleRun of(Class<?> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        Set<String> broken = new TreeSet<>();
        summary.getFailures()
                .forEach(failure -> rules(failure.getTestIdentifier()).forEach(broken::add));
        return new RuleRun(
                summary.getTestsStartedCount(),
                broken,
                summary.getFailures().stream().map(RuleRun::describe).toList());
    }

    private static Stream<String> rules(TestIdentifier test) {
        return test
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod())
                .stream()
                .flatMap(method -> Arrays.stream(method.getAnnotationsByType(Rule.class)))
                .map(Rule::value);
    }

    private static String describe(TestExecutionSummary.Failure failure) {
        StringWriter trace = new StringWriter();
        failure.getException().printStackTrace(new PrintWriter(trace));
        return failure.getTestIdentifier().getDisplayName() + ": " + trace;
    }
}
