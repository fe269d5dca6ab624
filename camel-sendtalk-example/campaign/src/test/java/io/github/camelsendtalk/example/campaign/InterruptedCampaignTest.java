package io.github.camelsendtalk.example.campaign;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.common.Metadata.metadata;
import static io.github.camelsendtalk.example.campaign.TestCampaign.HEADER;
import static io.github.camelsendtalk.example.campaign.TestCampaign.sendTo;
import static io.github.camelsendtalk.example.campaign.TestCampaign.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign in a JVM of its own is ended in the middle and started again; the sandbox knows what it received. */
class InterruptedCampaignTest {

    private static final int ROWS = 40;

    @TempDir
    Path folder;

    private SendTalkSandbox sandbox;
    private Path file;

    @BeforeEach
    void startSandboxAndWriteFile() throws IOException {
        sandbox = SendTalkSandbox.builder().sentAfter(Duration.ZERO).start();
        file = Files.writeString(
                folder.resolve("own.csv"),
                HEADER
                        + IntStream.range(0, ROWS)
                                .mapToObj(i -> text("Orang " + i, "0824-1187-41" + (10 + i)))
                                .collect(Collectors.joining()));
    }

    @AfterEach
    void stopSandbox() {
        sandbox.close();
    }

    @Test
    void campaignThatIsKilledSendsNothingTwiceAndRepeatsNothingUnknown() throws Exception {
        sandbox.wireMock()
                .stubFor(sendTo(phoneOf(2))
                        .withMetadata(metadata().attr("accepts", true))
                        .willReturn(ok().withFixedDelay(60_000)));
        Process first = startAndAwaitMessages(15);
        first.destroyForcibly().waitFor();
        sandbox.wireMock().resetAll();
        Set<String> receivedByThen = phones();

        assertThat(runToTheEnd()).isEqualTo(CampaignMain.ENDED);

        assertThat(sandbox.messages()).extracting(SandboxMessage::phone).doesNotHaveDuplicates();
        Map<Integer, Map<String, String>> report = TestCampaign.report(folder);
        assertThat(report).hasSize(ROWS);
        assertThat(report.values()).extracting(row -> row.get("outcome")).isSubsetOf("sent", "unknown");
        report.forEach((line, row) -> {
            boolean received = phones().contains(phoneOf(line));
            if (row.get("outcome").equals("sent")) {
                assertThat(received).as("line %d", line).isTrue();
            } else {
                // begun by the first run: it may have arrived then or not, and surely not later
                assertThat(received).as("line %d", line).isEqualTo(receivedByThen.contains(phoneOf(line)));
            }
        });
        assertThat(receivedByThen).contains(phoneOf(2));
        assertThat(report.get(2)).containsEntry("outcome", "unknown");
        assertThat(outcomes(report, "unknown")).isLessThanOrEqualTo(10);
    }

    @Test
    void campaignThatIsAskedToStopEndsWhatIsOnItsWayAndReports() throws Exception {
        Process first = startAndAwaitMessages(15);
        first.destroy();
        assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();

        Map<Integer, Map<String, String>> report = TestCampaign.report(folder);
        assertThat(report.values()).extracting(row -> row.get("outcome")).isSubsetOf("sent", "not begun");
        assertThat(outcomes(report, "sent")).isEqualTo(sandbox.messages().size());

        assertThat(runToTheEnd()).isEqualTo(CampaignMain.ENDED);
        assertThat(sandbox.messages())
                .extracting(SandboxMessage::phone)
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
        assertThat(outcomes(TestCampaign.report(folder), "sent")).isEqualTo(ROWS);
    }

    @Test
    void secondCampaignAtTheSameTimeIsRefused() throws Exception {
        Process first = startAndAwaitMessages(1);

        assertThatThrownBy(() -> Journal.open(folder.resolve("campaign-sandbox.journal"), List.of()))
                .isInstanceOf(RefusalException.class)
                .hasMessageStartingWith("Another campaign is running");

        assertThat(first.isAlive()).isTrue();
        first.destroyForcibly().waitFor();
    }

    private static long outcomes(Map<Integer, Map<String, String>> report, String outcome) {
        return report.values().stream()
                .filter(row -> row.get("outcome").equals(outcome))
                .count();
    }

    private static String phoneOf(int line) {
        return "62824118741" + (10 + line - 2);
    }

    private Set<String> phones() {
        return sandbox.messages().stream().map(SandboxMessage::phone).collect(Collectors.toSet());
    }

    /** Answers take a while, so that rows are on their way when the campaign ends. */
    private Process startAndAwaitMessages(int count) throws Exception {
        CountDownLatch requests = new CountDownLatch(count);
        sandbox.wireMock().addMockServiceRequestListener((request, response) -> requests.countDown());
        sandbox.wireMock().setGlobalFixedDelay(300);
        Process campaign = start();
        assertThat(requests.await(30, TimeUnit.SECONDS)).isTrue();
        return campaign;
    }

    private int runToTheEnd() throws Exception {
        sandbox.wireMock().setGlobalFixedDelay(0);
        Process campaign = start();
        assertThat(campaign.waitFor(40, TimeUnit.SECONDS)).isTrue();
        return campaign.exitValue();
    }

    private Process start() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledCampaign.class.getName(),
                sandbox.baseUrl(),
                folder.toString(),
                file.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.txt").toFile()))
                .start();
    }
}
