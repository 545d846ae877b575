package io.edgewire.examples.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.examples.Farewell;
import io.edgewire.wiring.DeviceBinder;
import io.edgewire.wiring.ProtocolBinder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** {@code edgewire serve} with protocols and boards that do not want to end. */
final class StubbornServer extends AbstractModule {
    public static void main(String[] args) throws InterruptedException {
        ServerSelection selection = new ServerSelection();
        new CommandLine(selection).parseArgs(args);
        Narrator narrator = new Narrator(Narrator.Show.TEXT, false);
        EdgewireMain.exit(ServeCommand.serve(selection.load(), modules(), narrator));
    }

    static List<Module> modules() {
        List<Module> modules = new ArrayList<>(Modules.all());
        modules.add(new StubbornServer());
        return modules;
    }

    @Override
    protected void configure() {
        ProtocolBinder protocols = ProtocolBinder.of(binder());
        protocols.bind("farewell").to(Farewell.class);
        protocols.bind("blocks").to(Blocks.class);
        protocols.bind("ignores").to(Ignores.class);
        protocols.bind("throws").to(Throws.class);
        DeviceBinder devices = DeviceBinder.of(binder());
        devices.bind("hangs-in-close").toProvider(HangingWlan::withAddress);
        devices.bind("hangs-in-disconnect").toProvider(HangingWlan::withoutAddress);
    }

    /** Never returns, whatever happens. */
    static void hang() {
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // Stubborn: an interrupt does not move it either.
                continue;
            }
        }
    }

    /** Answers, and then never returns. */
    static final class Blocks implements ProtocolHandler {
        @Override
        public void onOpen(Connection connection) {
            connection.send(ByteBuffer.wrap(new byte[] {'!'}));
        }

        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            hang();
        }
    }

    /** Goes on serving when asked to stop. */
    static final class Ignores implements ProtocolHandler {
        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            connection.send(in);
        }

        @Override
        public void onStopping(Connection connection) {}
    }

    /** Answers, and then fails. */
    static final class Throws implements ProtocolHandler {
        @Override
        public void onBytes(Connection connection, ByteBuffer in) {
            throw new IllegalStateException("thrown on purpose " + "x".repeat(4000));
        }
    }
}
