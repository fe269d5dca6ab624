package io.github.camelsendtalk.client.http;

import java.io.IOException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;

/** A request with JSON, which is written only if its call lets it, and never twice. */
final class GatedRequest extends BasicRequestProducer {

    private final CallEvents call;

    GatedRequest(HttpRequest request, byte[] body, CallEvents call) {
        super(request, new BasicAsyncEntityProducer(body, ContentType.APPLICATION_JSON));
        this.call = call;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (!call.takeContent()) {
            throw new CallEvents.HasEndedException();
        }
        call.guard(() -> super.produce(channel));
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }
}
