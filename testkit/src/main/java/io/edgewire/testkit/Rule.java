package io.edgewire.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a rule of {@code docs/spec} that a test proves, such as {@code @Rule("C-9")}. A test of the build checks that
 * every rule is claimed by at least one test, and that no test claims a rule that does not exist.
 */
@Documented
@Repeatable(Rules.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Rule {
    /** The rule's number as the specification prints it: a letter, a hyphen and a number. */
    String value();
}
