package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The component's page says truly how phone numbers are read. */
class PhoneNumbersTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `([^`]+)` \\| (?:`(ID)` )?\\| (?:`(\\d+)`|refused: .*)$", Pattern.MULTILINE);

    private static SendTalkSandbox sandbox;
    private static RunningExample sender;

    @BeforeAll
    static void start() throws Exception {
        sandbox = SendTalkSandbox.start();
        sender = new RunningExample(context -> {}, sandbox.baseUrl());
    }

    @AfterAll
    static void stop() {
        sender.close();
        sandbox.close();
    }

    record Row(
            String written,
            @Nullable String region,
            @Nullable String sent) {}

    static List<Row> rows() throws IOException {
        List<Row> rows = ROW.matcher(
                        Document.read("docs/sendtalk-component.adoc").text())
                .results()
                .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
                .toList();
        assertThat(rows).hasSizeGreaterThan(8);
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aNumberIsReadAsThePageSays(Row row) {
        int before = sandbox.messages().size();

        Exchange exchange = sender.request(
                row.region() == null ? "sendtalk:send" : "sendtalk:send?phoneRegion=" + row.region(),
                "Hi",
                Map.of("CamelSendTalkPhone", row.written()));

        List<SandboxMessage> sent =
                sandbox.messages().subList(before, sandbox.messages().size());
        if (row.sent() == null) {
            assertThat(exchange.getException()).isInstanceOf(SendTalkValidationException.class);
            assertThat(sent).isEmpty();
        } else {
            assertThat(sent).extracting(SandboxMessage::phone).containsExactly(row.sent());
        }
    }
}
