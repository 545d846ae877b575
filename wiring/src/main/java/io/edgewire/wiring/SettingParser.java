package io.edgewire.wiring;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Turns the text of single values into what was asked for; empty where it is not that. */
final class SettingParser {
    private SettingParser() {}

    static Optional<Long> whole(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            // The caller's message tells what a number looks like.
            return Optional.empty();
        }
    }

    static Optional<Double> decimal(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            // The caller's message tells what a number looks like.
            return Optional.empty();
        }
    }

    static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true", "yes", "on" -> Optional.of(true);
            case "false", "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static Optional<InetAddress> address(String text) {
        if (!text.equals("localhost") && !isIpv4(text) && text.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text.equals("localhost") ? "127.0.0.1" : text));
        } catch (UnknownHostException e) {
            // In digits, but no address, or of an interface that does not exist: the caller's message tells.
            return Optional.empty();
        }
    }

    /** Four numbers up to 255; the JDK would also take 1.2 for 1.0.0.2, and look 256.1.1.1 up as a name. */
    private static boolean isIpv4(String text) {
        int dots = 0;
        int number = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && number >= 0) {
                dots++;
                number = -1;
            } else if (c >= '0' && c <= '9') {
                number = Math.max(number, 0) * 10 + (c - '0');
            } else {
                return false;
            }
            if (number > 255) {
                return false;
            }
        }
        return dots == 3 && number >= 0;
    }
}
