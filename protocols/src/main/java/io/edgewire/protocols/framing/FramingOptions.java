package io.edgewire.protocols.framing;

import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A framing as it stands in a configuration: every setting of every kind, of which a kind heeds its own. Start with
 * {@link #DEFAULTS}; whoever writes a program rather takes {@link Framing} itself.
 *
 * @param kind how messages are marked
 * @param maximum bytes of a message; of all kinds but {@code fixed}
 * @param length bytes of each message of {@code fixed}
 * @param delimiter bytes of {@code delimiter}, one character each from 0 to 255
 * @param charset of {@code line}
 * @param crlf whether lines are sent with CR LF
 * @param strip whether messages are without what marks them; of all kinds but {@code fixed}
 * @param order of the bytes of a length
 * @param offset bytes before a length
 * @param adjustment added to a length
 * @param countsHeader whether a length counts the header, too
 */
public record FramingOptions(
        Kind kind,
        int maximum,
        int length,
        String delimiter,
        Charset charset,
        boolean crlf,
        boolean strip,
        ByteOrder order,
        int offset,
        int adjustment,
        boolean countsHeader) {
    /** No framing; and for each kind what {@link Framing} makes of it, a zero byte as the delimiter and 64 bytes fixed. */
    public static final FramingOptions DEFAULTS = new FramingOptions(
            Kind.NONE,
            Framing.DEFAULT_MAXIMUM,
            64,
            "\0",
            StandardCharsets.UTF_8,
            false,
            true,
            ByteOrder.BIG_ENDIAN,
            0,
            0,
            false);

    /** How messages are marked. */
    public enum Kind {
        /** Not at all: bytes are passed on as they come. */
        NONE,
        /** By line ends. */
        LINE,
        /** By a delimiter. */
        DELIMITER,
        /** By their length, which is the same for all. */
        FIXED,
        /** By a length of one byte. */
        LENGTH1,
        /** By a length of two bytes. */
        LENGTH2,
        /** By a length of four bytes. */
        LENGTH4,
        /** By a length of eight bytes. */
        LENGTH8;

        /** The kind with this name in small letters. */
        public static Optional<Kind> named(String name) {
            for (Kind kind : values()) {
                if (kind.toString().equals(name)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks that a framing of this kind can be made. */
    public FramingOptions {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(delimiter, "delimiter");
        Objects.requireNonNull(charset, "charset");
        Objects.requireNonNull(order, "order");
        Check.that(
                delimiter.chars().allMatch(character -> character < 256),
                "the delimiter has a character that is no byte");
        make(kind, maximum, length, delimiter, charset, crlf, strip, order, offset, adjustment, countsHeader);
    }

    /** A copy of another kind. */
    public FramingOptions withKind(Kind other) {
        return new FramingOptions(
                other, maximum, length, delimiter, charset, crlf, strip, order, offset, adjustment, countsHeader);
    }

    /** The framing, or none. */
    public Optional<Framing> framing() {
        return make(kind, maximum, length, delimiter, charset, crlf, strip, order, offset, adjustment, countsHeader);
    }

    private static Optional<Framing> make(
            Kind kind,
            int maximum,
            int length,
            String delimiter,
            Charset charset,
            boolean crlf,
            boolean strip,
            ByteOrder order,
            int offset,
            int adjustment,
            boolean countsHeader) {
        int size = switch (kind) {
            case LENGTH1 -> 1;
            case LENGTH2 -> 2;
            case LENGTH4 -> 4;
            default -> 8;
        };
        return switch (kind) {
            case NONE -> Optional.empty();
            case LINE -> Optional.of(new Line(charset, crlf, strip, maximum));
            case DELIMITER ->
                Optional.of(new Delimiter(delimiter.getBytes(StandardCharsets.ISO_8859_1), strip, maximum));
            case FIXED -> Optional.of(new FixedLength(length));
            case LENGTH1, LENGTH2, LENGTH4, LENGTH8 ->
                Optional.of(new LengthPrefix(size, order, offset, adjustment, countsHeader, strip, maximum));
        };
    }
}
