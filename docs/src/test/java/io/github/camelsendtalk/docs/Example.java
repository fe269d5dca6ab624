package io.github.camelsendtalk.docs;

import io.github.camelsendtalk.docs.examples.CampaignRoute;
import io.github.camelsendtalk.docs.examples.CheckRoute;
import io.github.camelsendtalk.docs.examples.CodeRoute;
import io.github.camelsendtalk.docs.examples.DynamicRoute;
import io.github.camelsendtalk.docs.examples.GuardedRoute;
import io.github.camelsendtalk.docs.examples.ImageRoute;
import io.github.camelsendtalk.docs.examples.JsonRoute;
import io.github.camelsendtalk.docs.examples.NumberRoute;
import io.github.camelsendtalk.docs.examples.RepeatRoute;
import io.github.camelsendtalk.docs.examples.RowRoute;
import io.github.camelsendtalk.docs.examples.StatusRoute;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;

/** The examples of the documents, each of which exists in every {@link Dsl}. */
enum Example {
    CAMPAIGN(CampaignRoute::new),
    CHECK(CheckRoute::new),
    CODE(CodeRoute::new),
    DYNAMIC(DynamicRoute::new),
    GUARDED(GuardedRoute::new),
    IMAGE(ImageRoute::new),
    JSON(JsonRoute::new),
    NUMBER(NumberRoute::new),
    REPEAT(RepeatRoute::new),
    ROW(RowRoute::new),
    STATUS(StatusRoute::new);

    private final Supplier<RouteBuilder> java;

    Example(Supplier<RouteBuilder> java) {
        this.java = java;
    }

    RouteBuilder java() {
        return java.get();
    }

    /** Where its YAML and XML are on the class path. */
    String resource(String extension) {
        return "classpath:examples/" + name().toLowerCase(Locale.ROOT) + "." + extension;
    }
}
