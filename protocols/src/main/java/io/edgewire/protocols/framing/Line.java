package io.edgewire.protocols.framing;

import io.edgewire.api.Connection;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Objects;

/**
 * Lines of text. Received ones end with LF or CR LF, whichever the peer likes; sent ones with the one that is set. Start
 * with {@link Framing#line} and change what differs.
 *
 * <p>A line that is no text in the charset is refused, so that the handler can decode without a thought; ISO-8859-1 takes
 * every byte. What is sent is not looked at but for line ends.
 *
 * @param charset of the texts; one in which LF and CR are the bytes 10 and 13
 * @param crlf whether sent lines end with CR LF rather than LF
 * @param strip whether messages are without their line end; otherwise those that are sent must have one, too
 * @param maximum bytes of a message, 1 or more
 */
public record Line(Charset charset, boolean crlf, boolean strip, int maximum) implements Framing {
    /** So that a line with its end is within an int. */
    static final int MOST_MAXIMUM = Integer.MAX_VALUE - 256;

    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte[] LF_ALONE = {LF};
    private static final byte[] CR_LF = {CR, LF};

    /** Checks the ranges. */
    public Line {
        Objects.requireNonNull(charset, "charset");
        Check.range(maximum, 1, MOST_MAXIMUM, "maximum");
        Check.that(
                charset.canEncode() && Arrays.equals("\r\n".getBytes(charset), CR_LF),
                "charset is " + charset + ", but must be one in which CR and LF are single bytes, 13 and 10");
    }

    /** The same in another charset. */
    public Line withCharset(Charset other) {
        return new Line(other, crlf, strip, maximum);
    }

    /** The same, but sent lines end with CR LF. */
    public Line sendingCrLf() {
        return new Line(charset, true, strip, maximum);
    }

    /** The same with messages that keep their line end, as it came. */
    public Line kept() {
        return new Line(charset, crlf, false, maximum);
    }

    /** The same with another maximum, in bytes. */
    public Line withMaximum(int bytes) {
        return new Line(charset, crlf, strip, bytes);
    }

    @Override
    public int longestFrame() {
        return strip ? maximum + CR_LF.length : maximum;
    }

    @Override
    public int frameLength(ByteBuffer in, int seen) {
        int start = in.position();
        int limit = start + Math.min(in.remaining(), longestFrame());
        int found = Search.indexOf(in, start + Math.min(seen, limit - start), limit, LF);
        int end = found < 0 ? limit : found + 1;
        if (messageEnd(in, start, end) - start > maximum || found < 0 && limit - start == longestFrame()) {
            throw new FramingException("a line of more than " + maximum + " bytes");
        }
        return found < 0 ? 0 : end - start;
    }

    /** Where the message ends, if what is there so far ends here: without the line end, or the CR that may begin one. */
    private int messageEnd(ByteBuffer in, int start, int end) {
        if (!strip) {
            return end;
        }
        int last = end > start && in.get(end - 1) == LF ? end - 1 : end;
        return last > start && in.get(last - 1) == CR ? last - 1 : last;
    }

    @Override
    public void unwrap(ByteBuffer frame) {
        int malformed = Text.malformedAt(frame, charset);
        if (malformed >= 0) {
            throw new FramingException("no " + charset + " text at byte " + malformed + " of a line", malformed);
        }
        frame.limit(messageEnd(frame, frame.position(), frame.limit()));
    }

    @Override
    public boolean send(Connection to, ByteBuffer... message) {
        int count = Parts.size(message, maximum);
        ByteBuffer whole = Parts.join(message, count);
        int end = whole.limit();
        int found = Search.indexOf(whole, whole.position(), end, LF);
        if (!strip) {
            if (found < 0 || found != end - 1) {
                throw new IllegalArgumentException("the message must end with LF and have none elsewhere");
            }
            return Parts.sent(to.send(whole), message);
        }
        if (found >= 0 || count > 0 && whole.get(end - 1) == CR) {
            throw new IllegalArgumentException("the message contains a line end"
                    + (found >= 0 ? ": LF at byte " + (found - whole.position()) : ": CR at its end"));
        }
        return Parts.sent(to.send(whole, ByteBuffer.wrap(crlf ? CR_LF : LF_ALONE)), message);
    }
}
