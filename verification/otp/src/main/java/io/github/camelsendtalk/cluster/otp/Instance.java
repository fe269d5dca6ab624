package io.github.camelsendtalk.cluster.otp;

import io.github.camelsendtalk.example.otp.OtpServiceApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An instance of the service as it is, but for the second channel: that is a file. */
public final class Instance {

    private Instance() {}

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(OtpServiceApplication.class, SecondChannel.class)
                .properties("camel.main.routes-exclude-pattern=**/sms.camel.yaml")
                .run(arguments);
    }

    /** Writes a line for each message: what was written is there, also if the process is killed right after it. */
    @Configuration
    static class SecondChannel {

        @Bean
        RouteBuilder smsProvider(@Value("${sms.file}") Path file) {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:sms")
                            .process(exchange ->
                                    write(file, exchange.getMessage().getBody(Map.class)));
                }
            };
        }

        private static void write(Path file, Map<?, ?> message) throws IOException {
            Files.writeString(
                    file,
                    "%s %s%n".formatted(message.get("phone"), message.get("body")),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
