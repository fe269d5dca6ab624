package io.github.camelsendtalk.docs.examples;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.common.Metadata.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.tomakehurst.wiremock.http.Fault;
import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.SendTalkApiException;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkInsufficientBalanceException;
import io.github.camelsendtalk.client.SendTalkServerException;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the documents say that a test of a route may do with the sandbox. */
class SandboxRecipesTest extends CamelTestSupport {

    // tag::frozen[]
    @RegisterExtension
    static SendTalkSandbox sandbox =
            new SendTalkSandboxExtension(SendTalkSandbox.builder().frozenAt(Instant.parse("2026-01-05T09:00:00Z")));
    // end::frozen[]

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        SendTalkComponent component = context.getComponent("sendtalk", SendTalkComponent.class);
        component.setBaseUrl(sandbox.baseUrl());
        component.getConfiguration().setApiKey("any");
        return new RoutesBuilder[] {new CodeRoute(), new RepeatRoute()};
    }

    @Test
    void messagesAreWaitedFor() {
        // tag::await[]
        template.asyncRequestBodyAndHeader("direct:code", "4711", "CamelSendTalkPhone", "0812-1234-5678");
        template.asyncRequestBodyAndHeader("direct:code", "4712", "CamelSendTalkPhone", "0812-1234-5679");

        List<SandboxMessage> messages = sandbox.await(2, Duration.ofSeconds(5));
        // end::await[]
        assertThat(messages).hasSize(2);
    }

    @Test
    void aTestAsksWhatWasSent() {
        // tag::messages[]
        template.sendBodyAndHeader("direct:reminder", "Your parcel arrives today.", "phone", "0812-1234-5678");

        assertThat(sandbox.messages())
                .extracting(SandboxMessage::phone, SandboxMessage::messageType, SandboxMessage::body)
                .containsExactly(tuple("6281212345678", "text", "Your parcel arrives today."));
        assertThat(sandbox.messagesTo("6281212345679")).isEmpty();
        // end::messages[]
    }

    @Test
    void aRefusalIsAnException() {
        // tag::refused[]
        assertThatThrownBy(() -> template.sendBodyAndHeader("direct:reminder", "Hi", "phone", "6281212340002"))
                .hasCauseInstanceOf(SendTalkInsufficientBalanceException.class);
        assertThat(sandbox.messages()).isEmpty();
        // end::refused[]
    }

    @Test
    void tooManyRequestsAreRepeated() {
        // tag::repeated[]
        template.sendBodyAndHeader("direct:reminder", "Hi", "phone", "6281212340011");

        assertThat(sandbox.messages()).hasSize(1);
        sandbox.wireMock().verify(3, postRequestedFor(urlPathEqualTo("/api/v1/message/send_whatsapp")));
        // end::repeated[]
    }

    @Test
    void anUnknownOutcomeIsNotRepeated() {
        // tag::unknown[]
        Exchange exchange = template.request("direct:reminder", message -> {
            message.getMessage().setBody("Hi");
            message.getMessage().setHeader("phone", "6281212340043");
        });

        assertThat(exchange.getException(SendTalkException.class).isOutcomeUnknown())
                .isTrue();
        assertThat(sandbox.messages()).hasSize(1);
        // end::unknown[]
    }

    @Test
    void theClockIsStepped() {
        // tag::step[]
        String id = template.requestBodyAndHeader("direct:reminder", "Hi", "phone", "0812-1234-5678", String.class);
        MessageStatus queued = template.requestBody("sendtalk:status", id, MessageStatus.class);
        assertThat(queued.isPending()).isTrue();

        sandbox.step(Duration.ofSeconds(1));
        MessageStatus sent = template.requestBody("sendtalk:status", id, MessageStatus.class);
        assertThat(sent.isSent()).isTrue();
        // end::step[]
        assertThat(queued.status()).isEqualTo("pending");
        assertThat(sent.status()).isEqualTo("sent");
        assertThat(sent.sentTime())
                .isEqualTo(Instant.parse("2026-01-05T09:00:01Z").toEpochMilli());
    }

    @Test
    void aRequestIsVerified() {
        template.sendBodyAndHeader("direct:code", "4711", "CamelSendTalkPhone", "0812-1234-5678");

        // tag::verify[]
        sandbox.wireMock()
                .verify(
                        1,
                        postRequestedFor(urlPathEqualTo("/api/v1/message/send_whatsapp"))
                                .withHeader("API-Key", equalTo("any"))
                                .withRequestBody(matchingJsonPath("$.messageType", equalTo("otp"))));
        // end::verify[]
    }

    @Test
    void anAnswerOfOnesOwnIsGiven() {
        // tag::stub[]
        sandbox.wireMock().stubFor(post("/api/v1/message/send_whatsapp").willReturn(serviceUnavailable()));
        // end::stub[]

        assertThatThrownBy(() -> template.sendBodyAndHeader("direct:reminder", "Hi", "phone", "0812-1234-5678"))
                .hasCauseInstanceOf(SendTalkServerException.class);
        assertThat(sandbox.messages()).isEmpty();
    }

    @Test
    void aSendTalkWithoutTheCheckIsTried() {
        // tag::no-check[]
        sandbox.wireMock().stubFor(post("/api/v1/message/check_whatsapp_phone").willReturn(notFound()));
        // end::no-check[]

        assertThatThrownBy(() -> template.sendBody("sendtalk:check", "6281212345678"))
                .cause()
                .isExactlyInstanceOf(SendTalkApiException.class)
                .hasMessageContaining("has nothing at the path of the check");
    }

    @Test
    void aStubOfOnesOwnMayAcceptTheMessage() {
        // tag::accepting-stub[]
        sandbox.wireMock()
                .stubFor(post("/api/v1/message/send_whatsapp")
                        .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE))
                        .withMetadata(metadata().attr("accepts", true).attr("note", "There was no answer.")));
        // end::accepting-stub[]

        assertThatThrownBy(() -> template.sendBodyAndHeader("direct:reminder", "Hi", "phone", "0812-1234-5678"))
                .hasCauseInstanceOf(SendTalkException.class);
        assertThat(sandbox.messages()).hasSize(1);
    }

    @Test
    void anApplicationOnCamelMainIsTested() throws Exception {
        // tag::main[]
        Main main = new Main();
        main.configure().addRoutesBuilder(new CodeRoute());
        main.addOverrideProperty("camel.component.sendtalk.base-url", sandbox.baseUrl());
        main.addOverrideProperty("camel.component.sendtalk.api-key", "any");
        main.start();
        try {
            main.getCamelTemplate().sendBodyAndHeader("direct:code", "4711", "CamelSendTalkPhone", "0812-1234-5678");
            assertThat(sandbox.messagesTo("6281212345678")).hasSize(1);
        } finally {
            main.stop();
        }
        // end::main[]
    }

    @Test
    void anApplicationStartsASandboxOfItsOwn() {
        // tag::builder[]
        try (SendTalkSandbox local = SendTalkSandbox.builder()
                .apiKey("demo-key")
                .sentAfter(Duration.ofMillis(200))
                .start()) {
            System.out.println("Nothing leaves this machine, see " + local.baseUrl());
            // end::builder[]
            SendTalkComponent component = context.getComponent("sendtalk", SendTalkComponent.class);
            component.setBaseUrl(local.baseUrl());
            template.sendBody("sendtalk:send?apiKey=demo-key&phone=6281212345678", "Hi");
            assertThat(local.messages()).hasSize(1);
            // tag::builder[]
        }
        // end::builder[]
    }
}
