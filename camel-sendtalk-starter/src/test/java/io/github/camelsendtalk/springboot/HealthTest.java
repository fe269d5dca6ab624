package io.github.camelsendtalk.springboot;

import static com.github.tomakehurst.wiremock.client.WireMock.badRequest;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

/** What Spring Boot's actuator shows of the component. */
class HealthTest {

    private static final String KEY = "key-of-the-application";

    /** Before the status of the component's check; others have one too. */
    private static final String COMPONENT = "\"producer:sendtalk-[^\"]*\":";

    @Test
    void theHealthOfTheApplicationHoldsThatOfTheComponent() {
        try (SendTalkSandbox sandbox = SendTalkSandbox.start();
                ConfigurableApplicationContext application = start(sandbox.baseUrl())) {
            assertThat(actuator(application, "health"))
                    .contains("\"status\":\"UP\"")
                    .containsPattern(COMPONENT + "\"UP\"");
        }
    }

    @Test
    void anApiThatCannotBeReachedIsDown() {
        try (ConfigurableApplicationContext application = start("http://localhost:1")) {
            assertThat(actuator(application, "health"))
                    .contains("\"status\":\"DOWN\"")
                    .containsPattern(COMPONENT + "\"DOWN\"");
        }
    }

    @Test
    void aKeyThatIsRefusedIsDown() {
        try (SendTalkSandbox sandbox = SendTalkSandbox.start();
                ConfigurableApplicationContext application = start(sandbox.baseUrl())) {
            sandbox.wireMock()
                    .stubFor(post("/api/v1/message/get_status")
                            .willReturn(badRequest().withBody("""
                                    {"status": 400, "error": {"code": "49103", "message": "API-Key is not found"}}""")));

            assertThat(actuator(application, "health"))
                    .contains("\"status\":\"DOWN\"")
                    .containsPattern(COMPONENT + "\"DOWN\"")
                    .contains("API-Key is not found", "49103")
                    .doesNotContain(KEY);
        }
    }

    @Test
    void anActuatorWithItsUsualSettingsDoesNotShowTheKey() {
        try (SendTalkSandbox sandbox = SendTalkSandbox.start();
                ConfigurableApplicationContext application = start(sandbox.baseUrl())) {
            assertThat(actuator(application, "configprops"))
                    .contains("camel.component.sendtalk")
                    .doesNotContain(KEY);
            assertThat(actuator(application, "env")).doesNotContain(KEY);
        }
    }

    private static ConfigurableApplicationContext start(String baseUrl) {
        return SpringApplication.run(
                CodeApplication.class,
                "--server.port=0",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-details=always",
                "--camel.health.producers-enabled=true",
                "--camel.health.exposure-level=full",
                "--camel.component.sendtalk.api-key=" + KEY,
                "--camel.component.sendtalk.base-url=" + baseUrl);
    }

    private static String actuator(ConfigurableApplicationContext application, String endpoint) {
        String port = application.getEnvironment().getProperty("local.server.port");
        return RestClient.create("http://localhost:" + port + "/actuator/" + endpoint)
                .get()
                .exchange((request, response) -> new String(response.getBody().readAllBytes()));
    }
}
