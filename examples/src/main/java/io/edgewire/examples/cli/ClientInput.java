package io.edgewire.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads what is to be sent, on a thread of its own: reading a terminal blocks for as long as its user thinks. */
final class ClientInput implements Runnable {
    private static final int CHUNK = 16 * 1024;

    private final InputStream input;
    private final boolean crlf;
    private final Client client;

    private ClientInput(InputStream input, boolean crlf, Client client) {
        this.input = input;
        this.crlf = crlf;
        this.client = client;
    }

    static void start(InputStream input, boolean crlf, Client client) {
        Thread thread = new Thread(new ClientInput(input, crlf, client), "edgewire-input");
        // Nothing can interrupt a read of the standard input; it must not keep the process.
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        byte[] chunk = new byte[CHUNK];
        try {
            int length = input.read(chunk);
            while (length >= 0 && client.send(crlf ? withCrLf(chunk, length) : Arrays.copyOf(chunk, length))) {
                length = input.read(chunk);
            }
            client.inputEnded();
        } catch (IOException e) {
            client.inputFailed(e);
        }
    }

    private static byte[] withCrLf(byte[] bytes, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 64);
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r')) {
                out.write('\r');
            }
            out.write(bytes[i]);
        }
        return out.toByteArray();
    }
}
