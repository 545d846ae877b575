package io.edgewire.examples;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Programs that others have written. */
public final class Programs {
    private Programs() {}

    /** Whether it stands in a folder of the path. */
    public static boolean isInstalled(String program) {
        for (String folder : System.getenv("PATH").split(Pattern.quote(File.pathSeparator))) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
