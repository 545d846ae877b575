package io.edgewire.bench.framing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;

/** Netty's decoder, fed as its channels do it: by a buffer of the allocator's for each read. */
final class NettySide implements Side {
    private final Sink sink = new Sink();
    private final EmbeddedChannel channel;

    NettySide(ChannelHandler decoder) {
        channel = new EmbeddedChannel(decoder, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object read) {
                ByteBuf message = (ByteBuf) read;
                sink.take(
                        message.readableBytes(),
                        message.getByte(message.readerIndex()),
                        message.getByte(message.writerIndex() - 1));
                message.release();
            }
        });
    }

    @Override
    public void hear(byte[] stream, int read) {
        for (int from = 0; from < stream.length; from += read) {
            int count = Math.min(read, stream.length - from);
            ByteBuf in = channel.alloc().ioBuffer(read).writeBytes(stream, from, count);
            channel.pipeline().fireChannelRead(in).fireChannelReadComplete();
        }
    }

    @Override
    public Sink sink() {
        return sink;
    }
}
