package io.edgewire.wiring;

/**
 * Something in the configuration is wrong. The message is whole by itself: it names the key, its value, where that
 * stands, what would be allowed and what to do, so that it can be shown without a stack trace.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message for the person who writes the configuration. */
    public ConfigurationException(String message) {
        super(message);
    }

    /** The same, with what showed the fault. */
    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
