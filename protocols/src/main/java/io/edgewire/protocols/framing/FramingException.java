package io.edgewire.protocols.framing;

/**
 * What the peer has sent is not, and cannot become, a frame. The message says why, in words for people; whoever catches
 * it adds the bytes at fault.
 */
public final class FramingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int at;

    /** A fault that shows at the beginning of the frame. */
    public FramingException(String message) {
        this(message, 0);
    }

    /**
     * A fault within the frame; without a stack trace, because nothing in the code is wrong.
     *
     * @param at how many bytes of the frame stand before those at fault
     */
    public FramingException(String message, int at) {
        super(message, null, false, false);
        this.at = at;
    }

    /** How many bytes of the frame stand before those at fault. */
    public int at() {
        return at;
    }
}
