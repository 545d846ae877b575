package io.edgewire.protocols.framing;

import io.edgewire.api.Connection;
import java.nio.ByteBuffer;

/**
 * The same bytes after each message. Start with {@link Framing#delimiter} and change what differs. A message must not
 * contain them: one that does is refused when it is sent.
 */
public final class Delimiter implements Framing {
    static final int LONGEST = 256;
    /** So that a frame with its delimiter is within an int. */
    static final int MOST_MAXIMUM = Integer.MAX_VALUE - LONGEST;

    private final byte[] delimiter;
    private final boolean strip;
    private final int maximum;

    /**
     * Messages that end with a delimiter.
     *
     * @param delimiter 1 to 256 bytes, any
     * @param strip whether messages are without it; otherwise those that are sent must end with it, too
     * @param maximum bytes of a message, 1 or more
     */
    public Delimiter(byte[] delimiter, boolean strip, int maximum) {
        Check.range(delimiter.length, 1, LONGEST, "the length of the delimiter");
        Check.range(maximum, strip ? 1 : delimiter.length, MOST_MAXIMUM, "maximum");
        this.delimiter = delimiter.clone();
        this.strip = strip;
        this.maximum = maximum;
    }

    /** The same with messages that keep their delimiter. */
    public Delimiter kept() {
        return new Delimiter(delimiter, false, maximum);
    }

    /** The same with another maximum, in bytes. */
    public Delimiter withMaximum(int bytes) {
        return new Delimiter(delimiter, strip, bytes);
    }

    @Override
    public int maximum() {
        return maximum;
    }

    @Override
    public int longestFrame() {
        return strip ? maximum + delimiter.length : maximum;
    }

    @Override
    public int frameLength(ByteBuffer in, int seen) {
        int longest = longestFrame();
        int start = in.position();
        int limit = start + Math.min(in.remaining(), longest);
        int found = Search.indexOf(in, start + Math.max(0, seen - delimiter.length + 1), limit, delimiter);
        if (found < 0 && limit - start == longest) {
            throw new FramingException("no delimiter, but a message may have " + maximum + " bytes");
        }
        return found < 0 ? 0 : found + delimiter.length - start;
    }

    @Override
    public void unwrap(ByteBuffer frame) {
        if (strip) {
            frame.limit(frame.limit() - delimiter.length);
        }
    }

    @Override
    public boolean send(Connection to, ByteBuffer... message) {
        int count = Parts.size(message, maximum);
        ByteBuffer whole = Parts.join(message, count);
        int end = whole.limit() - (strip ? 0 : delimiter.length);
        int found = Search.indexOf(whole, whole.position(), whole.limit(), delimiter);
        if (strip ? found >= 0 || endsWithPartOf(whole) : found < 0 || found != end) {
            throw new IllegalArgumentException(
                    strip
                            ? "the message contains the delimiter, or would together with it"
                            : "the message must end with the delimiter and not contain it elsewhere");
        }
        boolean taken = strip ? to.send(whole, ByteBuffer.wrap(delimiter)) : to.send(whole);
        return Parts.sent(taken, message);
    }

    /** Whether the last bytes and the delimiter after them contain the delimiter earlier: {@code -} before {@code --}. */
    private boolean endsWithPartOf(ByteBuffer message) {
        for (int part = 1; part < delimiter.length && part <= message.remaining(); part++) {
            ByteBuffer joint = ByteBuffer.allocate(delimiter.length);
            for (int i = message.limit() - part; i < message.limit(); i++) {
                joint.put(message.get(i));
            }
            joint.put(delimiter, 0, delimiter.length - part);
            if (Search.matches(joint, 0, delimiter)) {
                return true;
            }
        }
        return false;
    }
}
