package io.edgewire.wiring;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the user's files and words what is wrong with them. */
final class ConfigFiles {
    /** How many lines up to a fault, blank ones aside, are looked at for secrets. */
    private static final int LINES_OF_A_VALUE = 3;

    private ConfigFiles() {}

    static Config parse(Path file) {
        Path path = file.toAbsolutePath();
        if (!Files.exists(path)) {
            throw new ConfigurationException("there is no configuration file " + path + ": check the path");
        }
        if (Files.isDirectory(path)) {
            throw new ConfigurationException(
                    path + " is a directory, but must be a configuration file: name a file in it");
        }
        if (!Files.isReadable(path)) {
            throw new ConfigurationException(
                    "the configuration file " + path + " may not be read by this user: check its owner and mode");
        }
        requireUtf8(path);
        try {
            return ConfigFactory.parseFile(
                    path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        } catch (ConfigException e) {
            throw fault(e);
        }
    }

    /** Read in another encoding the name of a network would be spoilt without a word. */
    private static void requireUtf8(Path path) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(path)));
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(
                    "the configuration file " + path + " is not in UTF-8: save it as UTF-8", e);
        } catch (IOException e) {
            throw new ConfigurationException("the configuration file " + path + " cannot be read: " + e, e);
        }
    }

    /**
     * The library quotes what it stumbles over. That may be a secret of the line, or of a value that began above it; a
     * file that cannot be looked at again may hold anything.
     */
    private static boolean mayQuoteSecret(ConfigOrigin origin) {
        if (origin.filename() == null) {
            return false;
        }
        try {
            List<String> lines = Files.readAllLines(Path.of(origin.filename()));
            int line = origin.lineNumber() > 0 ? Math.min(origin.lineNumber(), lines.size()) : lines.size();
            int seen = 0;
            for (int i = line - 1; i >= 0 && seen < LINES_OF_A_VALUE; i--) {
                if (Secrets.isNamedIn(lines.get(i))) {
                    return true;
                }
                seen += lines.get(i).isBlank() ? 0 : 1;
            }
            return false;
        } catch (IOException e) {
            // The rule: what is not known to be harmless is not shown.
            return true;
        }
    }

    /** A fault that the library found, in our words and with its place first. */
    static ConfigurationException fault(ConfigException fault) {
        String said = String.valueOf(fault.getMessage());
        if (fault.origin() == null) {
            return new ConfigurationException("the configuration cannot be read: " + said, fault);
        }
        if (mayQuoteSecret(fault.origin())) {
            // Without the cause, which quotes what this message does not.
            return new ConfigurationException(Origins.describe(fault.origin())
                    + " cannot be read, and is not shown because it may hold a secret: close what is opened there, and"
                    + " put a value with other characters than letters, digits, - and _ into double quotes");
        }
        String prefix = fault.origin().description() + ": ";
        String detail = said.startsWith(prefix) ? said.substring(prefix.length()) : said;
        return new ConfigurationException(Origins.describe(fault.origin()) + " cannot be read: " + detail, fault);
    }
}
