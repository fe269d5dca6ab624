package io.github.camelsendtalk.docs.examples;

// tag::test[]
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CodeRouteTest extends CamelTestSupport {
    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension();

    @Override
    protected RoutesBuilder createRouteBuilder() {
        SendTalkComponent component = context.getComponent("sendtalk", SendTalkComponent.class);
        component.setBaseUrl(sandbox.baseUrl());
        component.getConfiguration().setApiKey("any");
        return new CodeRoute();
    }

    @Test
    void theCodeIsSentAsOtp() {
        template.sendBodyAndHeader("direct:code", "4711", "CamelSendTalkPhone", "0812-1234-5678");
        assertThat(sandbox.messagesTo("6281212345678"))
                .extracting(SandboxMessage::messageType, SandboxMessage::body)
                .containsExactly(tuple("otp", "Your code is 4711. It is valid for 5 minutes."));
    }
}
// end::test[]
