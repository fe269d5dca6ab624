package io.github.camelsendtalk.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsendtalk.SendTalkConstants;
import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a route that sends, and then asks for the status, meets at each recipient that misbehaves on purpose.
 * {@link RepeatRecipeTest} repeats what fails twice and then works.
 */
class RecipientRouteTest extends SendTalkTestSupport {

    /** The route ends in an exception, of the operation that failed, or in a status. */
    private static final String TABLE = """
            # ending | held  | end of the route                     | failed | unknown | retryable | HTTP | code  | reason               | Retry-After | deadline
            0001     | false | SendTalkInvalidRecipientException    | send   | false   | false     | 200  |       | invalid_recipient    |             | 10s
            0002     | false | SendTalkInsufficientBalanceException | send   | false   | false     | 200  |       | insufficient_balance |             | 10s
            0003     | false | SendTalkRejectedException            | send   | false   | false     | 200  |       | blocked              |             | 10s
            0004     | false | SendTalkAuthenticationException      | send   | false   | false     | 200  | 49103 |                      |             | 10s
            0005     | false | SendTalkValidationException          | send   | false   | false     | 200  | 40002 |                      |             | 10s
            0010     | false | SendTalkRateLimitException           | send   | false   | true      | 429  |       |                      | PT1S        | 10s
            0011     | false | SendTalkRateLimitException           | send   | false   | true      | 429  |       |                      | PT1S        | 10s
            0012     | false | SendTalkServerException              | send   | true    | false     | 500  |       |                      |             | 10s
            0013     | false | SendTalkServerException              | send   | true    | false     | 503  |       |                      |             | 10s
            0020     | true  | SendTalkResponseException            | send   | true    | false     | 200  |       |                      |             | 10s
            0021     | true  | SendTalkResponseException            | send   | true    | false     | 200  |       |                      |             | 10s
            0022     | true  | SendTalkResponseException            | send   | true    | false     | 200  |       |                      |             | 10s
            0030     | true  | pending                              |        |         |           |      |       |                      |             | 10s
            0031     | true  | acknowledged                         |        |         |           |      |       |                      |             | 10s
            0032     | true  | SendTalkMessageNotFoundException     | status | false   | false     | 200  | 40401 |                      |             | 10s
            0033     | true  | failed                               |        |         |           |      |       |                      |             | 10s
            0040     | true  | sent                                 |        |         |           |      |       |                      |             | 10s
            0040     | true  | SendTalkTimeoutException             | send   | true    | false     |      |       |                      |             | 1s
            0041     | true  | SendTalkTimeoutException             | send   | true    | false     |      |       |                      |             | 1s
            0042     | false | SendTalkTransportException           | send   | true    | false     |      |       |                      |             | 10s
            0043     | true  | SendTalkTransportException           | send   | true    | false     |      |       |                      |             | 10s
            0044     | true  | sent                                 |        |         |           |      |       |                      |             | 10s
            """;

    @ParameterizedTest(name = "{0} ends in {2} with a deadline of {10}")
    @CsvSource(delimiter = '|', textBlock = TABLE)
    void theRouteEndsAsTheTableSays(
            String ending,
            boolean held,
            String end,
            String failed,
            Boolean unknown,
            Boolean retryable,
            Integer httpStatus,
            String code,
            String reason,
            Duration retryAfter,
            String deadline) {
        Exchange exchange = send(deadline, ending);

        assertThat(sandbox.messages()).hasSize(held ? 1 : 0);
        if (failed == null) {
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(SendTalkConstants.STATUS))
                    .isEqualTo(end);
        } else {
            SendTalkException failure = failure(exchange, SendTalkException.class);
            assertThat(failure.getClass().getSimpleName()).isEqualTo(end);
            assertThat(failure.getOperation()).isEqualTo(failed);
            assertThat(failure.isOutcomeUnknown()).isEqualTo(unknown);
            assertThat(failure.isRetryable()).isEqualTo(retryable);
            assertThat(failure.getHttpStatus()).isEqualTo(httpStatus);
            assertThat(failure.getCode()).isEqualTo(code);
            assertThat(failure.getReason()).isEqualTo(reason);
            assertThat(failure.getRetryAfter()).isEqualTo(retryAfter);
        }
    }

    @Test
    void theTableHoldsEachRecipientOfTheSandboxWithTheExceptionThatItNames() throws Exception {
        List<String> recipients = new ArrayList<>();
        for (JsonNode recipient : new ObjectMapper()
                .readTree(URI.create(sandbox.baseUrl() + "/_sandbox/recipients").toURL())
                .get("recipients")) {
            String exception = recipient.get("exception").textValue().split(",")[0];
            recipients.add(recipient.get("ending").textValue() + " " + exception);
        }

        assertThat(rows().map(row -> row[0]))
                .hasSameElementsAs(
                        recipients.stream().map(r -> r.substring(0, 4)).toList());
        assertThat(rows().map(row -> row[0] + " " + (row[2].startsWith("SendTalk") ? row[2] : "")))
                .containsAll(recipients);
    }

    private static Stream<String[]> rows() {
        return TABLE.lines().skip(1).map(line -> line.split(" *\\| *"));
    }

    @Test
    void aMessageThatIsNeverSentIsStillPendingWhenTheWaitIsOver() {
        Object id = send("10s", "0030").getMessage().getHeader(SendTalkConstants.MESSAGE_ID);
        sandbox.step(Duration.ofDays(1));

        Exchange exchange = call("sendtalk:status?awaitTimeout=300&pollInterval=50", id);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(MessageStatus.class).isPending())
                .isTrue();
    }

    @Test
    void aConnectionThatIsClosedAfterTheAnswerHarmsNoMessage() {
        wasAccepted(call("sendtalk:send?phone=6281212340044", "Halo"));
        wasAccepted(call("sendtalk:send?phone=6281212340044", "Halo lagi"));

        assertThat(sandbox.messages()).hasSize(2);
    }

    private Exchange send(String deadline, String ending) {
        return call("direct:" + deadline, "Halo", Map.of(SendTalkConstants.PHONE, "628121234" + ending));
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (String deadline : List.of("10s", "1s")) {
                    from("direct:" + deadline)
                            .to("sendtalk:send?requestTimeout=" + deadline)
                            .process(e -> sandbox.step(Duration.ofSeconds(1)))
                            .to("sendtalk:status");
                }
            }
        };
    }
}
