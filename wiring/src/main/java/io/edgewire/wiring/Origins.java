package io.edgewire.wiring;

import com.typesafe.config.ConfigOrigin;
import java.net.URL;

/** Where a value stands, in the words that a person looks it up by. */
final class Origins {
    static final String REFERENCE = "reference.conf";

    private Origins() {}

    /** {@code /etc/edgewire.conf:3}, {@code --set}, or {@code default (edgewire-server reference.conf:12)}. */
    static String describe(ConfigOrigin origin) {
        String line = origin.lineNumber() > 0 ? ":" + origin.lineNumber() : "";
        URL url = origin.url();
        if (url != null && url.getPath().endsWith("/" + REFERENCE)) {
            return "default (" + module(url.getPath()) + " " + REFERENCE + line + ")";
        }
        if (origin.filename() != null) {
            return origin.filename() + line;
        }
        return plain(origin.description());
    }

    /** The jar's name without version, or the module's directory in a build. */
    private static String module(String path) {
        String holder = path.substring(0, path.length() - REFERENCE.length() - 1);
        if (holder.endsWith("!")) {
            String jar = lastOf(holder.substring(0, holder.length() - 1));
            return withoutVersion(jar.endsWith(".jar") ? jar.substring(0, jar.length() - 4) : jar);
        }
        for (String output : new String[] {"/target/classes", "/target/test-classes"}) {
            if (holder.endsWith(output)) {
                return lastOf(holder.substring(0, holder.length() - output.length()));
            }
        }
        return lastOf(holder);
    }

    private static String lastOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String withoutVersion(String name) {
        for (int i = 0; i + 1 < name.length(); i++) {
            if (name.charAt(i) == '-' && Character.isDigit(name.charAt(i + 1))) {
                return name.substring(0, i);
            }
        }
        return name;
    }

    /** An override has no lines of its own, though the parser counts one. */
    private static String plain(String description) {
        return description.startsWith("--") && description.endsWith(": 1")
                ? description.substring(0, description.length() - 3)
                : description;
    }
}
