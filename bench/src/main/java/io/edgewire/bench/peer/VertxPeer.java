package io.edgewire.bench.peer;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;

/** The same on Vert.x, with one event loop: {@code VertxPeer PORT}. */
public final class VertxPeer {
    private VertxPeer() {}

    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
                .createNetServer(new NetServerOptions().setAcceptBacklog(1024).setTcpNoDelay(true))
                .connectHandler(VertxPeer::serve)
                .listen(port, "127.0.0.1")
                .onSuccess(server -> Words.ready(port))
                .onFailure(Throwable::printStackTrace);
    }

    private static void serve(NetSocket socket) {
        int[] matched = {0};
        socket.write(Buffer.buffer(Words.GREETING));
        socket.handler(in -> {
            boolean ends = holdsEnd(in, matched);
            socket.write(Buffer.buffer(Words.PREFIX.length + in.length())
                    .appendBytes(Words.PREFIX)
                    .appendBuffer(in));
            if (ends) {
                socket.end();
            }
        });
    }

    private static boolean holdsEnd(Buffer in, int[] matched) {
        for (int i = 0; i < in.length(); i++) {
            matched[0] = Words.advance(matched[0], in.getByte(i));
            if (Words.isEnd(matched[0])) {
                return true;
            }
        }
        return false;
    }
}
