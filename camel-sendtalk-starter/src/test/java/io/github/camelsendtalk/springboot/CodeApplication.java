package io.github.camelsendtalk.springboot;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with the starter and a route that sends. */
@Configuration
@EnableAutoConfiguration
class CodeApplication {

    @Bean
    RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:code").to("sendtalk:send");
            }
        };
    }
}
