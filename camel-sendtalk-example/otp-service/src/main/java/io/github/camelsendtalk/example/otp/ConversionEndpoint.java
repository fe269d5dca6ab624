package io.github.camelsendtalk.example.otp;

import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/** What became of the codes of the last hour, by the minute in which they were asked for. */
@Component
@Endpoint(id = "conversion")
class ConversionEndpoint {

    private final ProducerTemplate routes;

    ConversionEndpoint(ProducerTemplate routes) {
        this.routes = routes;
    }

    @ReadOperation
    List<?> byMinute() {
        return routes.requestBody("direct:conversion", (Object) null, List.class);
    }
}
