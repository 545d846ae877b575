package io.edgewire.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;

/** Who may import whom, from the ground up, and what library code does not do. */
@AnalyzeClasses(packages = "io.edgewire", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] LIBRARIES = {
        "io.edgewire.api..",
        "io.edgewire.wiring..",
        "io.edgewire.transport..",
        "io.edgewire.device..",
        "io.edgewire.protocols..",
        "io.edgewire.client..",
        "io.edgewire.server.."
    };
    private static final String[] LEAVES = {
        "io.edgewire.transport.bio..", "io.edgewire.transport.nio..", "io.edgewire.device..", "io.edgewire.protocols.."
    };
    private static final String[] WIRED = {"io.edgewire.wiring..", "com.google..", "com.typesafe..", "jakarta.."};

    @ArchTest
    static final ArchRule THE_CONTRACTS_NEED_THE_JDK_ALONE = classes()
            .that()
            .resideInAPackage("io.edgewire.api..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("io.edgewire.api..", "java..", "org.jspecify.."));

    @ArchTest
    static final ArchRule WIRING_KNOWS_THE_CONTRACTS_ALONE = classes()
            .that()
            .resideInAPackage("io.edgewire.wiring..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.edgewire.wiring..",
                    "io.edgewire.api..",
                    "java..",
                    "org.jspecify..",
                    "com.google.inject..",
                    "com.typesafe.config.."));

    @ArchTest
    static final ArchRule NIO_SEES_NO_OTHER = seesNoOther("io.edgewire.transport.nio..");

    @ArchTest
    static final ArchRule BIO_SEES_NO_OTHER = seesNoOther("io.edgewire.transport.bio..");

    @ArchTest
    static final ArchRule DEVICES_SEE_NO_OTHER = seesNoOther("io.edgewire.device..");

    @ArchTest
    static final ArchRule PROTOCOLS_SEE_NO_OTHER = seesNoOther("io.edgewire.protocols..");

    /** The transport is given, the station is an interface, framing and heartbeat are layers. */
    @ArchTest
    static final ArchRule THE_CLIENT_KNOWS_THE_CONTRACTS_ALONE = classes()
            .that()
            .resideInAPackage("io.edgewire.client..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("io.edgewire.client..", "io.edgewire.api..", "java..", "org.jspecify.."));

    @ArchTest
    static final ArchRule THE_SERVER_SEES_NONE_OF_THEM = noClasses()
            .that()
            .resideInAPackage("io.edgewire.server..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(LEAVES)
                    .or(resideInAnyPackage("io.edgewire.transport.core..", "io.edgewire.client..")));

    @ArchTest
    static final ArchRule THE_SHARED_PART_OF_TRANSPORTS_KNOWS_THE_CONTRACTS_ALONE = classes()
            .that()
            .resideInAPackage("io.edgewire.transport.core..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.edgewire.transport.core..", "io.edgewire.api..", "java..", "jdk.net..", "org.jspecify.."));

    /** Who wires by hand carries neither Guice nor a configuration library. */
    @ArchTest
    static final ArchRule ONLY_MODULES_AND_WHAT_READS_THEIR_SETTINGS_TOUCH_WIRING = noClasses()
            .that()
            .resideInAnyPackage(LEAVES)
            .and()
            .haveNameNotMatching(".*(Module|Settings)(\\$.*)?")
            .should()
            .dependOnClassesThat(resideInAnyPackage(WIRED));

    @ArchTest
    static final ArchRule LIBRARIES_PRINT_NOTHING = noClasses()
            .that()
            .resideInAnyPackage(LIBRARIES)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule LIBRARIES_DO_NOT_ASK_THE_WALL_CLOCK_NOR_SLEEP = noClasses()
            .that()
            .resideInAnyPackage(LIBRARIES)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule THE_LIBRARIES_TAKE_THREADS_FROM_A_FACTORY = noClasses()
            .that()
            .resideInAnyPackage(LIBRARIES)
            .and()
            .haveNameNotMatching("io\\.edgewire\\..*Threads(\\$.*)?")
            .should()
            .callConstructor(Thread.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class, String.class)
            .orShould()
            .callConstructor(Thread.class, String.class);

    @ArchTest
    static final ArchRule LIBRARIES_DO_NOT_DEPEND_ON_THE_PLATFORMS_CHARACTER_SET = noClasses()
            .that()
            .resideInAnyPackage(LIBRARIES)
            .should()
            .callMethod(String.class, "getBytes")
            .orShould()
            .callConstructor(String.class, byte[].class)
            .orShould()
            .callConstructor(String.class, byte[].class, int.class, int.class)
            .orShould()
            .callConstructor(InputStreamReader.class, InputStream.class)
            .orShould()
            .callConstructor(OutputStreamWriter.class, OutputStream.class)
            .orShould()
            .callConstructor(PrintStream.class, OutputStream.class);

    private static ArchRule seesNoOther(String own) {
        return noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAnyPackage(LEAVES)
                        .or(resideInAnyPackage("io.edgewire.server..", "io.edgewire.client.."))
                        .and(not(resideInAPackage(own))));
    }
}
