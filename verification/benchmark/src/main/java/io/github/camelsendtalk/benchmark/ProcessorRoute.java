package io.github.camelsendtalk.benchmark;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.AsyncProcessorSupport;

/** A client of HTTP in a bare processor: as little as a route can do itself. */
abstract class ProcessorRoute extends CamelRoute {

    /** Posts a request, and completes the answer once. */
    abstract void post(byte[] request, CompletableFuture<Answer> answer);

    record Answer(int httpStatus, byte[] body) {}

    /** Lets the route go on. */
    void goOn(Runnable rest) {
        rest.run();
    }

    @Override
    final void addSteps(RouteDefinition route, URI server) {
        route.process(new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                try {
                    post(exchange, callback);
                    return false;
                } catch (Exception e) {
                    exchange.setException(e);
                    callback.done(true);
                    return true;
                }
            }
        });
    }

    private void post(Exchange exchange, AsyncCallback callback) throws Exception {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        answer.whenComplete((value, failure) -> goOn(() -> {
            if (failure != null) {
                exchange.setException(failure);
            } else {
                readId(exchange, value);
            }
            callback.done(false);
        }));
        post(
                Api.request(
                        exchange.getMessage().getHeader(PHONE, String.class),
                        exchange.getMessage().getBody(String.class)),
                answer);
    }

    private static void readId(Exchange exchange, Answer answer) {
        try {
            exchange.getMessage().setBody(Api.id(answer.httpStatus(), answer.body()));
        } catch (Exception e) {
            exchange.setException(e);
        }
    }
}
