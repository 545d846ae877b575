package io.edgewire.examples.netns;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests between two network namespaces, run by {@code mvn -Pnetns test} as root. They wait more than they compute, and
 * each has namespaces of its own: four run side by side.
 *
 * <p>Here, and nowhere else, it is time that is tested. What is promised comes from the configuration; the limit is
 * {@link Scenario#SLACK} more, for a machine that is busy with other builds.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("netns")
@Execution(ExecutionMode.CONCURRENT)
@EnabledIf(
        value = "io.edgewire.examples.netns.TwoMachines#possible",
        disabledReason = "network namespaces take root, and the programs ip, nft, tc and ss")
@interface Netns {}
