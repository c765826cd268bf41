package io.quorate.gateway.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;

/**
 * Asks a connection for its next request after every answer. Reactor Netty 1.3.6 does so itself,
 * with one gap: it puts a request aside that comes before the answer to the one before it is over,
 * and if that request is then answered at once, its last part is dropped and with it the demand for
 * what follows: the connection is deaf. A client need not pipeline to get there. By Content-Length
 * it has the whole of a file before the server has written the end of its answer.
 *
 * <p>Asking twice is harmless. Has no state; one for all channels.
 */
@Sharable
final class ReadAfterAnswer extends ChannelOutboundHandlerAdapter
        implements
            ChannelPipelineConfigurer {
    private static final String NAME = "quorate.readAfterAnswer";

    @Override
    public void onChannelInit(ConnectionObserver observer, Channel channel,
            @Nullable SocketAddress remote) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
            pipeline.addBefore(NettyPipeline.HttpTrafficHandler, NAME, this);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        ChannelPromise answered = message instanceof LastHttpContent
                // Not at once: what was put aside is taken out again when this answer is over.
                ? promise.unvoid()
                        .addListener(written -> context.executor().execute(context::read))
                : promise;
        var unused = context.write(message, answered);
    }
}
