package io.edgewire.bench.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;

/** The same on Apache MINA, with one processor: {@code MinaPeer PORT}. */
public final class MinaPeer extends IoHandlerAdapter {
    private static final String MATCHED = "matched";

    private MinaPeer() {}

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        NioSocketAcceptor acceptor = new NioSocketAcceptor(1);
        acceptor.setReuseAddress(true);
        acceptor.setBacklog(1024);
        acceptor.getSessionConfig().setTcpNoDelay(true);
        acceptor.setHandler(new MinaPeer());
        acceptor.bind(new InetSocketAddress("127.0.0.1", port));
        Words.ready(port);
    }

    @Override
    public void sessionOpened(IoSession session) {
        session.setAttribute(MATCHED, 0);
        session.write(IoBuffer.wrap(Words.GREETING));
    }

    @Override
    public void messageReceived(IoSession session, Object message) {
        IoBuffer in = (IoBuffer) message;
        int matched = (Integer) session.getAttribute(MATCHED);
        for (int i = in.position(); i < in.limit() && !Words.isEnd(matched); i++) {
            matched = Words.advance(matched, in.get(i));
        }
        IoBuffer out = IoBuffer.allocate(Words.PREFIX.length + in.remaining());
        session.write(out.put(Words.PREFIX).put(in).flip());
        if (Words.isEnd(matched)) {
            session.closeOnFlush();
        } else {
            session.setAttribute(MATCHED, matched);
        }
    }
}
