package io.edgewire.wiring;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the user's files and words what is wrong with them. */
final class ConfigFiles {
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
        try {
            return ConfigFactory.parseFile(
                    path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        } catch (ConfigException e) {
            throw fault(e);
        }
    }

    /** A fault that the library found, in our words and with its place first. */
    static ConfigurationException fault(ConfigException fault) {
        String said = String.valueOf(fault.getMessage());
        if (fault.origin() == null) {
            return new ConfigurationException("the configuration cannot be read: " + said, fault);
        }
        String prefix = fault.origin().description() + ": ";
        String detail = said.startsWith(prefix) ? said.substring(prefix.length()) : said;
        return new ConfigurationException(Origins.describe(fault.origin()) + " cannot be read: " + detail, fault);
    }
}
