package io.github.camelsendtalk.benchmark;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.internal.ThreadExecutorMap;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The floor: a bare pipeline, with no route, deadline or worker, whose calls stay on the thread that they begin on. */
final class NettyPipeline implements Contender {

    private static final int LARGEST_ANSWER = 1024 * 1024;

    private final NioEventLoopGroup threads =
            new NioEventLoopGroup(Runtime.getRuntime().availableProcessors());

    /** The free connections of each thread, used by that thread alone. */
    private final Map<EventLoop, Queue<Channel>> free = new ConcurrentHashMap<>();

    private @Nullable URI server;

    @Override
    public void start(URI server) {
        this.server = server;
    }

    @Override
    public void send(String phone, String text, Sent sent) {
        if (ThreadExecutorMap.currentExecutor() instanceof EventLoop thread) {
            lease(thread, phone, text, sent);
        } else {
            EventLoop thread = threads.next();
            thread.execute(() -> lease(thread, phone, text, sent));
        }
    }

    private void lease(EventLoop thread, String phone, String text, Sent sent) {
        Queue<Channel> idle = free.computeIfAbsent(thread, t -> new ArrayDeque<>());
        Channel connection = idle.poll();
        if (connection != null) {
            post(connection, phone, text, sent);
            return;
        }
        new Bootstrap()
                .group(thread)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(LARGEST_ANSWER),
                                        new Answers(idle));
                    }
                })
                .connect(server.getHost(), server.getPort())
                .addListener((ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        post(connected.channel(), phone, text, sent);
                    } else {
                        sent.done(null, connected.cause());
                    }
                });
    }

    private void post(Channel connection, String phone, String text, Sent sent) {
        connection.pipeline().get(Answers.class).sent = sent;
        try {
            byte[] body = Api.request(phone, text);
            FullHttpRequest request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.POST, SEND_PATH, Unpooled.wrappedBuffer(body));
            request.headers()
                    .set(HttpHeaderNames.HOST, server.getAuthority())
                    .set("API-Key", API_KEY)
                    .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
            connection.writeAndFlush(request, connection.voidPromise());
        } catch (Exception e) {
            sent.done(null, e);
        }
    }

    private static final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final Queue<Channel> idle;
        private @Nullable Sent sent;

        Answers(Queue<Channel> idle) {
            this.idle = idle;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) throws Exception {
            String id = Api.id(response.status().code(), ByteBufUtil.getBytes(response.content()));
            idle.add(context.channel());
            end(id, null);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
            end(null, cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            idle.remove(context.channel());
            end(null, new IOException("Closed"));
        }

        private void end(@Nullable String id, @Nullable Throwable failure) {
            Sent ending = sent;
            sent = null;
            if (ending != null) {
                ending.done(id, failure);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
