package io.github.camelsendtalk.benchmark;

import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A way to send a text message: it checks the answer for errors, and gives the id of the message. */
interface Contender extends AutoCloseable {

    String API_KEY = "benchmark-key";
    String SEND_PATH = "/api/v1/message/send_whatsapp";

    /** The most connections that a contender may have open: as many as there are messages in flight at the most. */
    int MAX_CONNECTIONS = 1000;

    /** The contenders by the names that the figures have. */
    enum Kind {
        SENDTALK("sendtalk", SendTalkRoute::new),
        SENDTALK_METRICS("sendtalk-metrics", SendTalkMetricsRoute::new),
        CAMEL_HTTP("camel-http", HttpRoute::new),
        CAMEL_VERTX_HTTP("camel-vertx-http", VertxHttpRoute::new),
        CAMEL_WHATSAPP("camel-whatsapp", WhatsAppRoute::new),
        JDK("jdk", JdkRoute::new),
        HC5("hc5", Hc5Route::new),
        HC5_WORKER("hc5-worker", Hc5WorkerRoute::new),
        NETTY("netty", NettyPipeline::new);

        private final String title;
        private final Supplier<Contender> maker;

        Kind(String title, Supplier<Contender> maker) {
            this.title = title;
            this.maker = maker;
        }

        static Kind of(String title) {
            for (Kind kind : values()) {
                if (kind.title.equals(title)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("There is no contender " + title);
        }

        Contender make() {
            return maker.get();
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /** Called once for each message, by any thread. */
    interface Sent {
        /** @param failure why there is no id, or null */
        void done(@Nullable String id, @Nullable Throwable failure);
    }

    void start(URI server) throws Exception;

    /** Sends a message; may return before it has its answer, or call back and return after that. */
    void send(String phone, String text, Sent sent);

    @Override
    void close() throws IOException;
}
