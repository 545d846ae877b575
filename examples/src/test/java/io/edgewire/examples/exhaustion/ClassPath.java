package io.edgewire.examples.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** The class path of this test, for other processes. */
final class ClassPath {
    static final String OWN = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private ClassPath() {}

    /** All of it as jars, which are opened once and stay open, in a folder that every user may read. */
    static String jars(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> jars = new ArrayList<>();
        for (String entry : OWN.split(Pattern.quote(File.pathSeparator))) {
            Path jar = folder.resolve(jars.size() + ".jar");
            if (Files.isDirectory(Path.of(entry))) {
                int code = ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", entry, ".");
                assertThat(code).as("jar of %s", entry).isZero();
                jars.add(jar.toString());
            } else if (Files.exists(Path.of(entry))) {
                Files.copy(Path.of(entry), jar);
                jars.add(jar.toString());
            }
        }
        return String.join(File.pathSeparator, jars);
    }
}
