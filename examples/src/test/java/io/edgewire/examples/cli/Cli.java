package io.edgewire.examples.cli;

import io.edgewire.examples.ChildProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the command line as a process. */
final class Cli {
    private Cli() {}

    static ChildProcess run(String... args) throws IOException {
        return run(Map.of(), args);
    }

    static ChildProcess run(Map<String, String> environment, String... args) throws IOException {
        return ChildProcess.java(EdgewireMain.class, environment, args);
    }

    /** A server on any free port. */
    static ChildProcess serve(String... options) throws IOException {
        return run(serveArgs(options));
    }

    /** The same with protocols and boards that do not want to end. */
    static ChildProcess stubborn(String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("--port", "0"));
        args.addAll(List.of(options));
        return ChildProcess.java(StubbornServer.class, Map.of(), args.toArray(new String[0]));
    }

    static String[] serveArgs(String... options) {
        List<String> args = new ArrayList<>(List.of("serve", "--port", "0"));
        args.addAll(List.of(options));
        return args.toArray(new String[0]);
    }
}
