package io.github.camelsendtalk.benchmark;

import java.net.URI;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** HttpClient 5's asynchronous client in a bare processor; the route goes on on a worker, as our component lets it. */
final class Hc5WorkerRoute extends Hc5Route {

    private static final int WORKERS = 4;

    private @Nullable ExecutorService workers;

    @Override
    void prepare(CamelContext context, URI server) {
        super.prepare(context, server);
        workers = context.getExecutorServiceManager().newFixedThreadPool(this, "Worker", WORKERS);
    }

    @Override
    void goOn(Runnable rest) {
        workers.execute(rest);
    }
}
