package com.example.calculator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.edgewire.api.CloseReason;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Adds the numbers of each line: {@code 1 2 3} is answered by {@code 6}. Lines have 80 bytes at most. */
final class Calculator implements ProtocolHandler {
    private static final int LONGEST_LINE = 80;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public void onBytes(Connection connection, ByteBuffer in) {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (next == '\n') {
                connection.send(sum(line.toString(US_ASCII).strip()) + "\n");
                line.reset();
            } else if (line.size() < LONGEST_LINE) {
                line.write(next);
            } else {
                connection.abort(CloseReason.PROTOCOL_ERROR);
                return;
            }
        }
    }

    private static String sum(String numbers) {
        try {
            long sum = 0;
            for (String number : numbers.split(" +")) {
                sum = Math.addExact(sum, Long.parseLong(number));
            }
            return Long.toString(sum);
        } catch (ArithmeticException | NumberFormatException e) {
            return "?";
        }
    }
}
