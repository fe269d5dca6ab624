package io.github.camelsendtalk.example.campaign;

import static io.github.camelsendtalk.example.campaign.TestCampaign.HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final TestDatabase database = new TestDatabase();
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

        int exitCode = run(
                KEY,
                Map.of(
                        "campaign.real",
                        "true",
                        "campaign.file",
                        file.toString(),
                        "campaign.target",
                        folder.toString(),
                        "db.url",
                        database.url(),
                        "role",
                        "feed"));

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
    void unknownOptionIsRefusedWithAllThatThereAre() {
        assertThat(run(Map.of(), Map.of("campaign.fiel", "own.csv"))).isEqualTo(CampaignMain.REFUSED);
        assertThat(err.toString())
                .startsWith("-Dcampaign.fiel is unknown: there are ")
                .contains("campaign.file", "campaign.slots", "park.after")
                .endsWith(". Nothing was sent.\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            db.url         | postgresql://u:s3cret@localhost/x
            follow.first   | 1s
            claim.validity | 10 s
            park.after     | soon
            campaign.slots | 0
            campaign.tries | x
            campaign.account | sendtalk (sandbox)
            """)
    void whatCannotBeReadIsRefusedBeforeAnythingIsSent(String option, String value) {
        assertThat(run(Map.of(), Map.of(option, value))).isEqualTo(CampaignMain.REFUSED);
        assertThat(err.toString())
                .startsWith("-D" + option + " is")
                .endsWith(". Nothing was sent.\n")
                .doesNotContain("s3cret");
    }

    @Test
    void aPartAloneNeedsWhatTheOtherProcessesHave() {
        assertThat(run(Map.of(), Map.of("role", "send", "db.url", ""))).isEqualTo(CampaignMain.REFUSED);
        assertThat(err.toString()).contains("-Drole=send does a part only", "-Ddb.url");
        err.reset();

        assertThat(run(Map.of(), Map.of("role", "send", "db.url", database.url())))
                .isEqualTo(CampaignMain.REFUSED);
        assertThat(err.toString()).contains("with -Dcampaign.sandbox");
    }

    @Test
    void fileOfOnesOwnAndAKeyAreEnough() throws Exception {
        Settings settings = Settings.read(KEY, Map.of("campaign.real", "true", "campaign.file", "own.csv"));

        assertThat(settings.realKey()).isEqualTo("a-real-key");
        assertThat(settings.toString()).doesNotContain("a-real-key");
    }

    @Test
    void whatWasSentToTheSandboxSaysNothingAboutRealPeople() throws Exception {
        Settings real = Settings.read(KEY, Map.of("campaign.real", "true", "campaign.file", "own.csv"));
        Settings sandbox = Settings.read(KEY, Map.of("campaign.file", "own.csv"));

        assertThat(sandbox.realKey()).isNull();
        assertThat(sandbox.account()).isNotEqualTo(real.account());
    }

    @Test
    void keyAloneChangesNothing() throws IOException {
        int exitCode = runOwnFile(KEY);

        assertThat(exitCode).isEqualTo(CampaignMain.ENDED);
        assertThat(out.toString().lines().findFirst().orElseThrow())
                .matches("Nothing leaves this machine: a sandbox at http://127\\.0\\.0\\.1:\\d+ plays SendTalk\\.");
        assertThat(database.count("account = 'sendtalk (sandbox)'")).isEqualTo(1);
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

    @Test
    void fileWhoseNumbersLookSpoiltIsRefusedUntilAPersonHasLooked() throws IOException {
        String spoilt = HEADER + "Sari,6281200000000,text,Halo,,\n" + "Budi,6281200000000,text,Hai,,\n".repeat(9);
        Path file = Files.writeString(folder.resolve("own.csv"), spoilt);

        int exitCode = run(
                KEY,
                Map.of(
                        "campaign.real",
                        "true",
                        "campaign.file",
                        file.toString(),
                        "role",
                        "feed",
                        "db.url",
                        database.url(),
                        "campaign.target",
                        folder.toString()));

        assertThat(exitCode).isEqualTo(CampaignMain.REFUSED);
        assertThat(err.toString()).contains("-Dcampaign.checked=true");
        assertThat(database.count("true")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            campaign.real    | yes       | -Dcampaign.real is 'yes': it may be true or false. Nothing was sent.
            campaign.again   | twelve    | -Dcampaign.again names line twelve, and the report of an earlier run does not say so of that line. Nothing was sent.
            campaign.arrived | 5         | -Dcampaign.arrived names line 5, and the report of an earlier run does not say so of that line. Nothing was sent.
            campaign.file    | not/there | -Dcampaign.file is 'not/there', and there is no such file. Nothing was sent.
            role             | sender    | -Drole is 'sender': it may be feed, send, follow, or several of them with a ','. Nothing was sent.
            """)
    void optionThatIsWrongIsRefusedInOneSentence(String option, String value, String sentence) {
        Map<String, String> options =
                new TreeMap<>(Map.of("campaign.target", folder.toString(), "db.url", database.url()));
        options.put(option, value);

        assertThat(run(Map.of(), options)).isEqualTo(CampaignMain.REFUSED);
        assertThat(err.toString()).isEqualToIgnoringNewLines(sentence);
    }

    private int runOwnFile(Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("own.csv"), OWN);
        return run(
                environment,
                Map.of(
                        "campaign.file",
                        file.toString(),
                        "campaign.target",
                        folder.toString(),
                        "db.url",
                        database.url()));
    }

    private int run(Map<String, String> environment, Map<String, String> options) {
        return CampaignMain.run(
                environment, options, new PrintStream(out, true), new PrintStream(err, true), campaign -> {});
    }
}
