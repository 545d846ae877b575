package io.edgewire.bench.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;

/** The same on Netty, with one event loop: {@code NettyPeer nio|epoll|uring PORT}. */
public final class NettyPeer {
    private NettyPeer() {}

    public static void main(String[] args) throws InterruptedException {
        int port = Integer.parseInt(args[1]);
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, io(args[0])))
                .channel(channel(args[0]))
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel socket) {
                        socket.pipeline().addLast(new Echo());
                    }
                })
                .bind("127.0.0.1", port)
                .sync();
        Words.ready(port);
    }

    private static IoHandlerFactory io(String kind) {
        return switch (kind) {
            case "nio" -> NioIoHandler.newFactory();
            case "epoll" -> EpollIoHandler.newFactory();
            case "uring" -> IoUringIoHandler.newFactory();
            default -> throw new IllegalArgumentException(kind + ": must be nio, epoll or uring");
        };
    }

    private static Class<? extends ServerChannel> channel(String kind) {
        return switch (kind) {
            case "nio" -> NioServerSocketChannel.class;
            case "epoll" -> EpollServerSocketChannel.class;
            default -> IoUringServerSocketChannel.class;
        };
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        private static final ByteBuf GREETING = unreleasable(Words.GREETING);
        private static final ByteBuf PREFIX = unreleasable(Words.PREFIX);
        private int matched;
        private boolean closing;

        private static ByteBuf unreleasable(byte[] bytes) {
            return Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer(bytes.length).writeBytes(bytes));
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(GREETING.duplicate());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            if (closing) {
                in.release();
                return;
            }
            closing = holdsEnd(in);
            context.write(PREFIX.duplicate());
            ChannelFuture written = context.write(in);
            if (closing) {
                written.addListener(done -> ((SocketChannel) context.channel()).shutdownOutput());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }

        private boolean holdsEnd(ByteBuf in) {
            for (int i = in.readerIndex(); i < in.writerIndex(); i++) {
                matched = Words.advance(matched, in.getByte(i));
                if (Words.isEnd(matched)) {
                    return true;
                }
            }
            return false;
        }
    }
}
