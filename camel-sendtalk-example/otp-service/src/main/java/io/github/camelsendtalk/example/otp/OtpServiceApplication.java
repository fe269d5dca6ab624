package io.github.camelsendtalk.example.otp;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.outbox.EmbeddedServer;
import io.github.camelsendtalk.outbox.Worker;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.Ordered;
import org.apache.camel.spi.ComponentCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The service: its settings stand in {@code application.properties}. */
@SpringBootApplication
@EnableConfigurationProperties(Settings.class)
public class OtpServiceApplication {

    private static final Logger LOG = LoggerFactory.getLogger(OtpServiceApplication.class);
    private static final String EMBEDDED = "embedded";

    public static void main(String[] arguments) {
        SpringApplication.run(OtpServiceApplication.class, arguments);
    }

    @Bean
    Secret secret(Settings settings, @Value("${spring.datasource.url}") String database) {
        return Secret.of(settings.secret(), settings.sandbox() && database.equals(EMBEDDED));
    }

    @Bean
    Texts texts(Settings settings) {
        return new Texts(settings.app(), settings.validity());
    }

    @Bean
    Recipients recipients(Settings settings, @Value("${camel.component.sendtalk.phone-region}") String region) {
        return new Recipients(settings.countries(), region);
    }

    /** The outbox's routes ask it for messages, and claim nothing before it has begun. */
    @Bean
    Worker worker(@Value("${claim.validity}") Duration validity, Codes codes) {
        Worker worker = new Worker(validity, codes);
        worker.start();
        return worker;
    }

    /** Where no database is given. */
    @Bean
    @ConditionalOnProperty(name = "spring.datasource.url", havingValue = EMBEDDED)
    EmbeddedServer databaseServer(Settings settings) {
        try {
            return EmbeddedServer.start(settings.databaseFolder());
        } catch (IOException e) {
            throw new SettingException("otp.database-folder: %s.".formatted(e.getMessage()), e);
        }
    }

    @Bean
    @ConditionalOnProperty(name = "spring.datasource.url", havingValue = EMBEDDED)
    JdbcConnectionDetails database(EmbeddedServer server) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return "postgres";
            }

            @Override
            public String getPassword() {
                return "";
            }

            @Override
            public String getJdbcUrl() {
                return server.url();
            }
        };
    }

    /** Plays SendTalk. */
    @Bean
    @ConditionalOnProperty("otp.sandbox")
    SendTalkSandbox sandbox() {
        SendTalkSandbox sandbox = SendTalkSandbox.start();
        LOG.info(
                "Nothing leaves this machine: a sandbox plays SendTalk, and shows what was sent at {}/",
                sandbox.baseUrl());
        return sandbox;
    }

    /** Last of all, so that no other setting sends anything elsewhere. */
    @Bean
    @ConditionalOnProperty("otp.sandbox")
    ComponentCustomizer sendToTheSandbox(SendTalkSandbox sandbox) {
        return ComponentCustomizer.builder(SendTalkComponent.class)
                .withOrder(Ordered.LOWEST)
                .build(component -> component.setBaseUrl(sandbox.baseUrl()));
    }
}
