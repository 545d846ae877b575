package io.edgewire.examples.netns;

/** Programs in Python and JavaScript that the first wire carries to the server: {@code program(name)}. */
final class Clients {
    /** The echo of RFC 862. */
    static final String[] NOTHING_ADDED = {
        "edgewire.protocol.echo.greeting=", "edgewire.protocol.echo.prefix=", "edgewire.protocol.echo.end="
    };

    /** Answers the heartbeat and prints what comes. */
    static final String[] ANSWERING = node("""
            const socket = require('net').connect(8080, '10.77.0.1');
            socket.on('data', data => {
              process.stdout.write(data);
              if (String(data).includes('PING')) socket.write('PONG\\n');
            });
            socket.on('error', error => console.log(error.code));
            """);

    private static final String STREAM = """
            import socket, sys, threading
            SIZE = %d
            BLOCK = bytes(range(251)) * 40
            DATA = (BLOCK * (SIZE // len(BLOCK) + 1))[:SIZE]
            s = socket.create_connection(('10.77.0.1', 8080), 20)
            s.settimeout(None)
            def send():
                s.sendall(DATA)
                s.shutdown(socket.SHUT_WR)
            threading.Thread(target=send, daemon=True).start()
            """;

    private Clients() {}

    /** Sends so many bytes and then FIN, reads as they come back, compares each, and says {@code verified}. */
    static String[] verifying(int size) {
        return python(STREAM.formatted(size) + """
                at = 0
                while True:
                    got = s.recv(65536)
                    if not got: break
                    if got != DATA[at:at + len(got)]: sys.exit('differs after %d bytes' % at)
                    if at == 0: print('begun', flush=True)
                    at += len(got)
                print('verified' if at == SIZE else 'lost', at, flush=True)
                """);
    }

    /** Sends so many bytes and reads none. */
    static String[] neverReading(int size) {
        return python(STREAM.formatted(size) + "threading.Event().wait()");
    }

    static String[] python(String program) {
        return new String[] {"python3", "-c", program};
    }

    static String[] node(String program) {
        return new String[] {"node", "-e", program};
    }
}
