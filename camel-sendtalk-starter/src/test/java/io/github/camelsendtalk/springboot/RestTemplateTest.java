package io.github.camelsendtalk.springboot;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.HttpStatusCodeException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** What the starter's HttpClient 5 does to requests that the application makes itself, and how it is switched off. */
class RestTemplateTest {

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    @ParameterizedTest
    @CsvSource({"--any=, 429, 2", "--any=, 503, 2", "--spring.http.client.factory=jdk, 429, 1"})
    void aRequestOfTheApplicationIsRepeatedUnlessItUsesAnotherClient(String setting, int status, int requests) {
        sandbox.wireMock()
                .stubFor(post(urlPathEqualTo("/orders")).willReturn(aResponse().withStatus(status)));

        try (ConfigurableApplicationContext application = SpringApplication.run(
                CodeApplication.class,
                "--server.port=0",
                "--camel.component.sendtalk.api-key=any-key",
                "--camel.component.sendtalk.base-url=" + sandbox.baseUrl(),
                setting)) {
            RestTemplate template =
                    application.getBean(RestTemplateBuilder.class).build();
            RestClient client = application.getBean(RestClient.Builder.class).build();
            String orders = sandbox.baseUrl() + "/orders?of=";
            assertThatThrownBy(() -> template.postForEntity(orders + "template", "an order", String.class))
                    .isInstanceOf(HttpStatusCodeException.class);
            assertThatThrownBy(() -> client.post()
                            .uri(orders + "client")
                            .body("an order")
                            .retrieve()
                            .toBodilessEntity())
                    .isInstanceOf(HttpStatusCodeException.class);
        }

        assertThat(requestsOf("template")).isEqualTo(requests);
        assertThat(requestsOf("client")).isEqualTo(requests);
    }

    private static int requestsOf(String client) {
        return sandbox.wireMock()
                .findAll(postRequestedFor(urlEqualTo("/orders?of=" + client)))
                .size();
    }
}
