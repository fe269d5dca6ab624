package io.github.camelsendtalk.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A Spring Boot application with the starter. */
@SpringBootTest(
        properties = {
            "camel.component.sendtalk.api-key=key-of-the-application",
            "camel.component.sendtalk.phone-region=ID",
            "camel.component.sendtalk.message-type=otp",
            "camel.component.sendtalk.request-timeout=5s",
            "camel.component.sendtalk.pollInterval=250",
            "camel.component.sendtalk.max-connections=7",
            "camel.component.sendtalk.plain-headers=false",
            "camel.component.sendtalk.worker-pool=#bean:workers"
        })
class StarterTest {

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    @Autowired
    ProducerTemplate template;

    @Autowired
    CamelContext context;

    @Autowired
    ExecutorService workers;

    @Configuration
    @Import(CodeApplication.class)
    static class Application {

        @Bean(destroyMethod = "shutdown")
        ExecutorService workers() {
            return Executors.newSingleThreadExecutor();
        }
    }

    @DynamicPropertySource
    static void useTheSandbox(DynamicPropertyRegistry settings) {
        settings.add("camel.component.sendtalk.base-url", sandbox::baseUrl);
    }

    @Test
    void aRouteSends() {
        Object id = template.requestBodyAndHeader(
                "direct:code", "Your code is 493817", "CamelSendTalkPhone", "0812-1234-5678");

        assertThat(sandbox.messages())
                .extracting(
                        SandboxMessage::id, SandboxMessage::phone, SandboxMessage::messageType, SandboxMessage::body)
                .containsExactly(tuple(id, "6281212345678", "otp", "Your code is 493817"));
    }

    @Test
    void aMessageRecordIsSent() {
        template.requestBody("direct:code", SendTalkMessage.text("6281212345678", "Halo"));

        assertThat(sandbox.messages())
                .extracting(SandboxMessage::messageType, SandboxMessage::body)
                .containsExactly(tuple("text", "Halo"));
    }

    @Test
    void settingsOfEachKindReachTheComponent() {
        SendTalkComponent component = context.getComponent("sendtalk", SendTalkComponent.class);

        assertThat(component.getConfiguration().getRequestTimeout()).isEqualTo(5_000);
        assertThat(component.getConfiguration().getPollInterval()).isEqualTo(250);
        assertThat(component.getMaxConnections()).isEqualTo(7);
        assertThat(component.getConfiguration().isPlainHeaders()).isFalse();
        assertThat(component.getWorkerPool()).isSameAs(workers);
    }

    @Test
    void whatIsNotSetStaysAsItIs() {
        SendTalkComponent component = context.getComponent("sendtalk", SendTalkComponent.class);
        SendTalkComponent untouched = new SendTalkComponent();

        assertThat(component.getConnectTimeout()).isEqualTo(untouched.getConnectTimeout());
        assertThat(component.getConnectionTimeToLive()).isEqualTo(untouched.getConnectionTimeToLive());
        assertThat(component.getConfiguration().getPhone()).isNull();
        assertThat(component.getHttpClient()).isNull();
    }
}
