package io.github.camelsendtalk.example.campaign;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.common.Metadata.metadata;
import static io.github.camelsendtalk.example.campaign.TestCampaign.HEADER;
import static io.github.camelsendtalk.example.campaign.TestCampaign.sendTo;
import static io.github.camelsendtalk.example.campaign.TestCampaign.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.outbox.EmbeddedServer;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

/**
 * A campaign in a JVM of its own, with the database of its folder, is ended in the middle and started again; the sandbox
 * knows what it received.
 */
class InterruptedCampaignTest {

    private static final int ROWS = 60;

    @TempDir
    Path folder;

    private final List<Process> campaigns = new ArrayList<>();
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
    void stopAll() throws IOException {
        campaigns.forEach(Process::destroyForcibly);
        sandbox.close();
        EmbeddedServer.stopOrphan(folder.resolve("campaign-database"));
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
        assertThat(report.values()).extracting(row -> row.get("outcome")).isSubsetOf("sent", "parked");
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
        assertThat(report.get(2)).containsEntry("outcome", "parked");
        assertThat(outcomes(report, "parked")).isLessThanOrEqualTo(30);
    }

    @Test
    void campaignThatIsAskedToStopEndsWhatIsOnItsWayAndReports() throws Exception {
        Process first = startAndAwaitMessages(15);
        first.destroy();
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(first.exitValue()).isEqualTo(143);
        Map<Integer, Map<String, String>> report = TestCampaign.report(folder);
        assertThat(report.values()).extracting(row -> row.get("outcome")).isSubsetOf("sent", "accepted", "not begun");
        assertThat(ROWS - outcomes(report, "not begun"))
                .isEqualTo(sandbox.messages().size());
        assertThat(folder.resolve("campaign-database/postmaster.pid")).doesNotExist();

        assertThat(runToTheEnd()).isEqualTo(CampaignMain.ENDED);
        assertThat(sandbox.messages())
                .extracting(SandboxMessage::phone)
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
        assertThat(outcomes(TestCampaign.report(folder), "sent")).isEqualTo(ROWS);
    }

    @Test
    void secondCampaignAtTheSameTimeIsRefusedAndDisturbsNothing() throws Exception {
        Process first = startAndAwaitMessages(1);

        Process second = start();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(second.exitValue()).isEqualTo(CampaignMain.REFUSED);
        assertThat(Files.readString(folder.resolve("output.txt"))).contains("Another process uses the database");
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isEqualTo(CampaignMain.ENDED);
        assertThat(sandbox.messages()).hasSize(ROWS);
    }

    /** A machine that was started anew gives numbers of processes again. */
    @Test
    void theServerOfSomebodyElseIsLeftAlone() throws Exception {
        TestDatabase other = new TestDatabase();
        Path folderOfOther = Path.of(other.jdbc().queryForObject("SHOW data_directory", String.class));
        Path database = Files.createDirectories(folder.resolve("campaign-database"));
        Files.copy(folderOfOther.resolve("postmaster.pid"), database.resolve("postmaster.pid"));

        EmbeddedServer.stopOrphan(database);

        assertThat(other.jdbc().queryForObject("SELECT 1", Integer.class)).isEqualTo(1);
        Files.delete(database.resolve("postmaster.pid"));
    }

    @Test
    void logAndScreenHoldNoTextNoNumberAndNoPassword() throws Exception {
        assertThat(runToTheEnd()).isEqualTo(CampaignMain.ENDED);

        assertThat(Files.readString(folder.resolve("campaign.log")) + Files.readString(folder.resolve("output.txt")))
                .contains("Apache Camel", "Messages sent in this run: " + ROWS)
                .doesNotContain("Halo", "118741", "1187-41");
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
        sandbox.wireMock().setGlobalFixedDelay(500);
        Process campaign = start();
        assertThat(requests.await(60, TimeUnit.SECONDS)).isTrue();
        return campaign;
    }

    private int runToTheEnd() throws Exception {
        sandbox.wireMock().setGlobalFixedDelay(0);
        Process campaign = start();
        assertThat(campaign.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return campaign.exitValue();
    }

    private Process start() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dcampaign.sandbox=" + sandbox.baseUrl(),
                "-Dcampaign.target=" + folder,
                "-Dcampaign.file=" + file,
                "-cp",
                System.getProperty("java.class.path"),
                CampaignMain.class.getName());
        Process campaign = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.txt").toFile()))
                .start();
        campaigns.add(campaign);
        return campaign;
    }
}
