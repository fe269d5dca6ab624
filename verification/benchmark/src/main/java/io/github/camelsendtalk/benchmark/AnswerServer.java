package io.github.camelsendtalk.benchmark;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Takes every message, and says so at once or later, as SendTalk does or, for camel-whatsapp, as Meta's API does. */
final class AnswerServer implements AutoCloseable {

    /** What each message has, so that no contender sends less than the others. */
    private static final ByteBuf RECIPIENT = Unpooled.copiedBuffer("\"62811", StandardCharsets.UTF_8);

    private static final ByteBuf TEXT = Unpooled.copiedBuffer(" is on its way", StandardCharsets.UTF_8);

    private static final int BACKLOG = 10_000;
    private static final int LARGEST_REQUEST = 1024 * 1024;

    private final NioEventLoopGroup threads = new NioEventLoopGroup(1);
    private final AtomicLong answers = new AtomicLong();
    private final Channel channel;
    private volatile int delayMillis;

    AnswerServer() throws InterruptedException {
        channel = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        connection
                                .pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(LARGEST_REQUEST),
                                        new Answers());
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
    }

    /** Prints its port, then takes the time to wait before each answer, in milliseconds, a line each. */
    public static void main(String[] arguments) throws Exception {
        try (AnswerServer server = new AnswerServer();
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            System.out.println(server.port());
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                server.delay(Integer.parseInt(line));
                System.out.println("ok");
            }
        }
    }

    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    void delay(int millis) {
        delayMillis = millis;
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            FullHttpResponse answer = answer(request);
            int delay = delayMillis;
            if (delay == 0) {
                context.writeAndFlush(answer, context.voidPromise());
            } else {
                context.executor().schedule(() -> context.writeAndFlush(answer), delay, TimeUnit.MILLISECONDS);
            }
        }

        private FullHttpResponse answer(FullHttpRequest request) {
            long number = answers.incrementAndGet();
            String json = request.uri().startsWith("/api/v1/message/") ? """
                    {"status":200,"error":{"code":"","message":"","field":""},"data":{"success":true,\
                    "message":"The message has been added to queue","reason":"","id":"f26ccf7a-d867-b3a4-d333-%012d"}}""".formatted(number) : """
                    {"messaging_product":"whatsapp","contacts":[{"input":"62811","wa_id":"62811"}],\
                    "messages":[{"id":"wamid.%012d"}]}""".formatted(number);
            boolean isWhole = ByteBufUtil.indexOf(RECIPIENT, request.content()) >= 0
                    && ByteBufUtil.indexOf(TEXT, request.content()) >= 0;
            FullHttpResponse answer = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    isWhole ? HttpResponseStatus.OK : HttpResponseStatus.BAD_REQUEST,
                    Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8)));
            answer.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes());
            return answer;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
