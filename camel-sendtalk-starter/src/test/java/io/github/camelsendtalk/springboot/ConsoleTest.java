package io.github.camelsendtalk.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

/** What Spring Boot's actuator shows of how sends end. */
class ConsoleTest {

    private static final String KEY = "key-of-the-application";
    private static final String PHONE = "6281212345678";
    private static final String CODE = "482913";

    @Test
    void theActuatorShowsTheDeveloperConsole() {
        try (SendTalkSandbox sandbox = SendTalkSandbox.start();
                ConfigurableApplicationContext application = SpringApplication.run(
                        CodeApplication.class,
                        "--server.port=0",
                        "--management.endpoints.web.exposure.include=camel",
                        "--camel.main.dev-console-enabled=true",
                        "--camel.component.sendtalk.api-key=" + KEY,
                        "--camel.component.sendtalk.base-url=" + sandbox.baseUrl())) {
            ProducerTemplate template = application.getBean(ProducerTemplate.class);
            template.requestBody("direct:code", SendTalkMessage.otp(PHONE, CODE));
            // the sandbox refuses this number
            template.send("direct:code", e -> e.getMessage().setBody(SendTalkMessage.otp("628110000001", CODE)));

            assertThat(console(application))
                    .contains("\"baseUrl\":\"" + sandbox.baseUrl() + "\"", "\"accepted\":1", "\"refused\":1")
                    .contains("SendTalkInvalidRecipientException")
                    .doesNotContain(KEY, PHONE, CODE);
        }
    }

    private static String console(ConfigurableApplicationContext application) {
        String port = application.getEnvironment().getProperty("local.server.port");
        return RestClient.create("http://localhost:" + port + "/actuator/camel/sendtalk")
                .get()
                .retrieve()
                .body(String.class);
    }
}
