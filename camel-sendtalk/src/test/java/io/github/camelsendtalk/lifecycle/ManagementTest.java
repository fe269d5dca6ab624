package io.github.camelsendtalk.lifecycle;

import static io.github.camelsendtalk.support.Answers.accepted;
import static io.github.camelsendtalk.support.Answers.error;
import static io.github.camelsendtalk.support.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.support.Await;
import io.github.camelsendtalk.support.ScriptedServer;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.junit.jupiter.api.Test;

/** What operators see of the component through JMX. */
class ManagementTest extends SendTalkTestSupport {

    private static final String SEND_TO_ALL = "sendtalk:send?phone=" + PHONE;

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withJMX(true);
    }

    @Test
    void sendsAreCountedByHowTheyEnded() throws Exception {
        answersInOrder(
                SEND,
                json(accepted()),
                json(accepted()),
                json(accepted()),
                json(accepted()),
                json(refused("insufficient_balance")),
                json(error(400, "40002", "Phone is required", "phone")),
                json(error(429, "42900", "Too many", "")),
                json("not JSON"));
        for (int answer = 0; answer < 8; answer++) {
            call(SEND_TO_ALL, "Halo");
        }
        call(SEND_TO_ALL, "");
        component(context).setBaseUrl("http://localhost:1");
        call(SEND_TO_ALL + "&requestTimeout=20s", "Halo");
        call("sendtalk:status", "an-id");

        assertThat(attributes("Accepted", "Refused", "Failed", "Unknown")).containsExactly(4L, 3L, 2L, 1L);
    }

    @Test
    void callsAndConnectionsAreShownWhileTheyLast() throws Exception {
        component(context).stop();
        component(context).setMaxConnections(2);
        component(context).start();
        try (ScriptedServer server = ScriptedServer.startAccepting()) {
            component(context).setBaseUrl(server.url().toString());
            server.hold();
            List<CompletableFuture<Exchange>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                calls.add(template.asyncSend(
                        SEND_TO_ALL, exchange -> exchange.getMessage().setBody("Halo")));
            }
            Await.until(() -> attributes("InFlight", "ConnectionsLeased", "ConnectionsPending")
                    .equals(List.of(5, 2, 3)));

            server.release();
            for (CompletableFuture<Exchange> call : calls) {
                assertThat(call.get(10, TimeUnit.SECONDS).getException()).isNull();
            }
            Await.until(() -> attributes("InFlight", "ConnectionsLeased", "ConnectionsPending")
                    .equals(List.of(0, 0, 0)));
        }
    }

    @Test
    void theConnectionsOfTheUsersClientAreNotKnown() throws Exception {
        try (CloseableHttpAsyncClient http = HttpAsyncClients.createDefault()) {
            http.start();
            component(context).stop();
            component(context).setHttpClient(http);
            component(context).start();

            assertThat(attributes("ConnectionsLeased", "ConnectionsPending")).containsExactly(-1, -1);
        }
    }

    @Test
    void aStoppedComponentShowsThatNothingIsUnderWay() throws Exception {
        component(context).stop();

        assertThat(attributes("InFlight", "ConnectionsLeased", "ConnectionsPending"))
                .containsExactly(0, 0, 0);
    }

    private List<Object> attributes(String... names) throws JMException {
        MBeanServer server =
                context.getManagementStrategy().getManagementAgent().getMBeanServer();
        ObjectName component = new ObjectName(
                "org.apache.camel:context=%s,type=components,name=\"sendtalk\"".formatted(context.getManagementName()));
        List<Object> values = new ArrayList<>();
        for (String name : names) {
            values.add(server.getAttribute(component, name));
        }
        return values;
    }
}
