package io.edgewire.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadFactory;

/** One thread a connection, written as a textbook does: {@code BlockingPeer platform|virtual PORT}. */
public final class BlockingPeer {
    private BlockingPeer() {}

    public static void main(String[] args) throws Exception {
        ThreadFactory threads = args[0].equals("virtual") ? virtualThreads() : BlockingPeer::platformThread;
        int port = Integer.parseInt(args[1]);
        try (ServerSocket listener = new ServerSocket(port, 1024, InetAddress.getByName("127.0.0.1"))) {
            Words.ready(port);
            while (true) {
                Socket socket = listener.accept();
                threads.newThread(() -> serve(socket)).start();
            }
        }
    }

    private static Thread platformThread(Runnable task) {
        return new Thread(null, task, "client", 256 * 1024);
    }

    private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
        Method ofVirtual = Thread.class.getMethod("ofVirtual");
        Object builder = ofVirtual.invoke(null);
        return (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            out.write(Words.GREETING);
            converse(socket.getInputStream(), out);
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private static void converse(InputStream in, OutputStream out) throws IOException {
        int start = Words.PREFIX.length;
        byte[] buffer = new byte[start + 8 * 1024];
        System.arraycopy(Words.PREFIX, 0, buffer, 0, start);
        int matched = 0;
        int count = in.read(buffer, start, buffer.length - start);
        while (count > 0) {
            boolean ends = false;
            for (int i = start; i < start + count && !ends; i++) {
                matched = Words.advance(matched, buffer[i]);
                ends = Words.isEnd(matched);
            }
            out.write(buffer, 0, start + count);
            if (ends) {
                return;
            }
            count = in.read(buffer, start, buffer.length - start);
        }
    }
}
