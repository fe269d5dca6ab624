package io.github.camelsendtalk.example.campaign;

import static io.github.camelsendtalk.example.campaign.TestCampaign.HEADER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody messages strangers by accident. */
class RealSendingTest {

    private static final Map<String, String> KEY = Map.of("SENDTALK_API_KEY", "a-real-key");
    private static final String OWN = HEADER + "Sari,0824-1187-9999,text,Halo,,\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,          -,       'SENDTALK_API_KEY in the environment, and a file of your own (-Dcampaign.file=own.csv)'",
                "'',         '  ',    'SENDTALK_API_KEY in the environment, and a file of your own (-Dcampaign.file=own.csv)'",
                "' ',        own.csv, 'SENDTALK_API_KEY in the environment'",
                "a-real-key, -,       'a file of your own (-Dcampaign.file=own.csv)'"
            })
    void realSendingNeedsAKeyAndAFile(String key, String file, String missing) throws IOException {
        Map<String, String> options = new TreeMap<>(Map.of("campaign.real", "true"));
        if (file != null) {
            options.put("campaign.file", file);
        }

        int exitCode = run(key == null ? Map.of() : Map.of("SENDTALK_API_KEY", key), options);

        assertThat(exitCode).isEqualTo(CampaignMain.REFUSED);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("-Dcampaign.real=true asks for real sending, but this is missing: " + missing
                        + ". Nothing was sent.");
    }

    @ParameterizedTest
    @MethodSource("copiesOfTheBundledFile")
    void bundledFileIsRefusedHoweverItIsPassed(String copy) throws IOException {
        Path file = Files.writeString(folder.resolve("own.csv"), copy);

        int exitCode = run(KEY, Map.of("campaign.real", "true", "campaign.file", file.toString()));

        assertThat(exitCode).isEqualTo(CampaignMain.REFUSED);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("has a number of the bundled campaign.csv")
                .hasLineCount(1);
    }

    static Stream<String> copiesOfTheBundledFile() throws IOException {
        String bundled;
        try (InputStream in = RowReader.class.getResourceAsStream("/campaign.csv")) {
            bundled = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String lastRow = bundled.lines().reduce((first, second) -> second).orElseThrow();
        return Stream.of(
                bundled,
                "\uFEFF" + bundled.replace("\n", "\r\n"),
                bundled + "Sari,0824-1187-9999,text,Halo,,\n",
                OWN + lastRow,
                OWN + lastRow.replace("0836-1264-3308", "+62 836 1264 3308").replace("Halo", "Selamat pagi"));
    }

    @Test
    void fileOfOnesOwnAndAKeyAreEnough() throws Exception {
        Settings settings = Settings.read(KEY, Map.of("campaign.real", "true", "campaign.file", "own.csv"));

        assertThat(settings.realKey()).isEqualTo("a-real-key");
        assertThat(settings.toString()).doesNotContain("a-real-key");
        assertThatCode(() -> CampaignMain.refuseBundledNumbers(rows(OWN + "Budi,,text,Halo,,\nDewi,?,text,Halo,,\n")))
                .doesNotThrowAnyException();
    }

    @Test
    void keyAloneChangesNothing() throws IOException {
        int exitCode = runOwnFile(KEY);

        assertThat(exitCode).isEqualTo(CampaignMain.ENDED);
        assertThat(out.toString().lines().findFirst().orElseThrow())
                .matches("Nothing leaves this machine: a sandbox at http://127\\.0\\.0\\.1:\\d+ plays SendTalk\\.");
        assertThat(folder.resolve("campaign-sandbox.journal")).exists();
        assertThat(folder.resolve("campaign-real.journal")).doesNotExist();
    }

    @Test
    void optionOfCamelsCanNotLeadMessagesElsewhere() throws IOException {
        try (SendTalkSandbox elsewhere = SendTalkSandbox.start()) {
            System.setProperty("camel.component.sendtalk.base-url", elsewhere.baseUrl());
            System.setProperty("camel.component.sendtalk.baseUrl", elsewhere.baseUrl());
            runOwnFile(Map.of());

            assertThat(elsewhere.wireMock().getAllServeEvents()).isEmpty();
            assertThat(out.toString()).contains("Messages sent in this run: 1");
        } finally {
            System.clearProperty("camel.component.sendtalk.base-url");
            System.clearProperty("camel.component.sendtalk.baseUrl");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            campaign.real    | yes       | -Dcampaign.real is 'yes': it may be true or false. Nothing was sent.
            campaign.fiel    | own.csv   | -Dcampaign.fiel is unknown: there are campaign.again, campaign.arrived, campaign.file, campaign.real, campaign.target. Nothing was sent.
            campaign.again   | twelve    | -Dcampaign.again is 'twelve': it may be line numbers, such as 12 or 12,17. Nothing was sent.
            campaign.arrived | 5         | -Dcampaign.arrived names line 5, and the report of an earlier run does not say so of that line. Nothing was sent.
            campaign.file    | not/there | -Dcampaign.file is 'not/there', and there is no such file. Nothing was sent.
            """)
    void optionThatIsWrongIsRefusedInOneSentence(String option, String value, String sentence) {
        Map<String, String> options = new TreeMap<>(Map.of("campaign.target", folder.toString()));
        options.put(option, value);

        assertThat(run(Map.of(), options)).isEqualTo(CampaignMain.REFUSED);
        assertThat(err.toString()).isEqualToIgnoringNewLines(sentence);
    }

    @Test
    void whatWasSentToTheSandboxSaysNothingAboutRealPeople() throws Exception {
        Path own = Files.writeString(folder.resolve("own.csv"), OWN);
        Map<String, String> options =
                Map.of("campaign.real", "true", "campaign.file", own.toString(), "campaign.target", folder.toString());
        try (SendTalkSandbox sandbox = SendTalkSandbox.start()) {
            new TestCampaign(sandbox, folder).run(OWN);
            // real in everything but the address
            new CampaignRun(
                            Settings.read(KEY, options),
                            rows(OWN),
                            TestCampaign.componentOptions(sandbox.baseUrl()),
                            new PrintStream(out))
                    .execute();

            assertThat(sandbox.messagesTo("6282411879999")).hasSize(2);
        }
        assertThat(folder.resolve("campaign-real.journal")).isNotEmptyFile();
    }

    private static List<Row> rows(String csv) throws RefusalException {
        return RowReader.rows("own.csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    private int runOwnFile(Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("own.csv"), OWN);
        return run(environment, Map.of("campaign.file", file.toString(), "campaign.target", folder.toString()));
    }

    private int run(Map<String, String> environment, Map<String, String> options) {
        return CampaignMain.run(environment, options, new PrintStream(out, true), new PrintStream(err, true));
    }
}
