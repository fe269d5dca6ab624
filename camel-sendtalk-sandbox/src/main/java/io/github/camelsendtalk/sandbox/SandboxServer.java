package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;

/** WireMock's server, whose delayed answers end with it: else the process lives on until the last of them is due. */
final class SandboxServer extends Jetty11HttpServer {

    SandboxServer(Options options, AdminRequestHandler adminRequests, StubRequestHandler stubRequests) {
        super(options, adminRequests, stubRequests);
    }

    @Override
    public void stop() {
        scheduledExecutorService.shutdownNow();
        super.stop();
    }
}
