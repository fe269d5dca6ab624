package io.github.camelsendtalk.example.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelsendtalk.support.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser. */
@EnabledIf(
        value = "io.github.camelsendtalk.support.Browser#isInstalled",
        disabledReason = "Chromium is not there: apt-get install chromium chromium-driver")
class ReportPageTest {

    private static final List<String> PLOTS =
            List.of("Messages over time", "What became of the rows", "Time to the final status", "Price in IDR");

    private static final int HEIGHT = 900;

    @TempDir
    static Path folder;

    private static ReportedCampaign campaign;
    private static Browser browser;

    private final Path file = folder.resolve("campaign-report.html");

    @BeforeAll
    static void start() throws Exception {
        campaign = new ReportedCampaign();
        browser = new Browser(1400, HEIGHT);
    }

    @AfterAll
    static void end() {
        browser.close();
        campaign.close();
    }

    @BeforeEach
    void clear() {
        campaign.clear();
        browser.prefer("light");
        browser.resize(1400, HEIGHT);
    }

    @AfterEach
    void nothingWasComplainedOfOrAskedFor() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).allMatch(url -> url.equals(file.toUri().toString()) || url.equals("data:,"));
    }

    @Test
    void itAsksForNothingButItself() throws IOException {
        campaign.addOneOfEach();

        open(null);

        assertThat(browser.requests())
                .filteredOn(url -> !url.startsWith("data:"))
                .containsOnly(file.toUri().toString());
    }

    @ParameterizedTest
    @CsvSource({"light, 1400", "light, 360", "dark, 1400", "dark, 360"})
    void eachPlotIsDrawn(String colorScheme, int width) throws IOException {
        campaign.addSent(5000);
        campaign.addOneOfEach();
        browser.prefer(colorScheme);
        browser.resize(width, HEIGHT);

        open(null);

        assertThat(browser.run(
                        "return [...document.querySelectorAll('canvas')].map(c => c.getAttribute('aria-label'))"))
                .isEqualTo(PLOTS);
        for (String plot : PLOTS) {
            String color = plot.startsWith("Price") ? "price" : "good";
            assertThat(pixels(plot, color))
                    .as("pixels of %s in the plot '%s'", color, plot)
                    .isGreaterThan(100);
        }
        assertThat(pixels("What became of the rows", "bad")).isGreaterThan(0);
    }

    /** How many pixels of a plot have one of the page's colours. */
    private static long pixels(String plot, String color) {
        return (Long) browser.run("""
                const canvas = [...document.querySelectorAll('canvas')].find(c => c.getAttribute('aria-label') === arguments[0]);
                const wanted = color(arguments[1]).match(/[0-9a-f]{2}/g).map(part => parseInt(part, 16));
                const {width, height} = canvas;
                const copy = Object.assign(document.createElement('canvas'), {width, height}).getContext('2d', {willReadFrequently: true});
                copy.drawImage(canvas, 0, 0);
                const {data} = copy.getImageData(0, 0, width, height);
                let found = 0;
                for (let i = 0; i < data.length; i += 4) {
                  found += wanted.every((part, place) => data[i + place] === part) && data[i + 3] === 255;
                }
                return found;
                """, plot, color);
    }

    @Test
    void theColoursFollowTheReader() throws IOException {
        campaign.addSent(5000);
        open(null);
        String light = (String) browser.run("return getComputedStyle(document.body).backgroundColor");
        long before = pixels("Messages over time", "good");

        browser.prefer("dark");

        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isNotEqualTo(light);
        awaitTrue("plots.length === 4 && color('good') === '#3fb873'");
        assertThat(pixels("Messages over time", "good")).isGreaterThan(before / 2);
    }

    @Test
    void theFiguresAreThoseOfTheTable() throws IOException {
        campaign.addSent(118);
        campaign.addOneOfEach();

        open(null);

        assertThat(browser.texts(".tile"))
                .contains("Rows\n130\n1 wrong, 1 repeated", "Sent\n119\n91 %", "Need a person\n7\nsee below")
                .anyMatch(tile -> tile.startsWith("Price\n11,900 IDR"));
        assertThat(browser.texts("progress + p"))
                .containsExactly("127 of 130 ended, 2 were not sent, 1 wait for their status.");
        assertThat(browser.run("return data.outcomes.map(o => o.outcome + ' ' + o.rows)"))
                .isEqualTo(List.of(
                        "sent 119",
                        "accepted 1",
                        "on its way 1",
                        "not begun 1",
                        "not sent 1",
                        "not delivered 1",
                        "refused 1",
                        "expired 1",
                        "unknown 1",
                        "parked 1",
                        "wrong 1",
                        "repeated 1"));
        assertThat(browser.run("return data.took.filter(t => t.rows > 0).map(t => t.label + ': ' + t.rows)"))
                .isEqualTo(List.of("1 to 2 s: 118", "30 to 60 s: 2"));
        assertThat(
                        browser.run(
                                "return [sum(data.ended), sum(data.taken)]; function sum(a) { return a.reduce((x, y) => x + y); }"))
                .isEqualTo(List.of(126L, 121L));
        assertThat(browser.run("return data.spent.IDR.at(-1)")).isEqualTo(11_900L);
    }

    @ParameterizedTest
    @CsvSource({"50, 1", "200, 2", "3 * 3600, 120", "20 * 86400, 6 * 3600"})
    void theStepsOfTheTimeFitItsLength(String seconds, String step) throws IOException {
        campaign.add(2, "Sari", "UNKNOWN", "ended_at", "now() - interval '1 s' * (%s)".formatted(seconds));
        campaign.add(3, "Budi", "UNKNOWN", "ended_at", "now()");

        open(null);

        assertThat(browser.run("return data.step === %s && data.bars.length <= 122".formatted(step)))
                .isEqualTo(true);
    }

    @Test
    void rowsWithAnUnknownFateComeFirstAmongThoseThatNeedAPerson() throws IOException {
        campaign.addOneOfEach();

        open(null);

        assertThat(browser.run("return data.urgent.map(row => row.line)"))
                .isEqualTo(List.of(10L, 11L, 6L, 7L, 8L, 9L, 12L));
        assertThat(browser.texts("td.todo:last-child").get(12))
                .isEqualTo("SendTalkTimeoutException: No answer.\n"
                        + "Ask Maya whether it arrived. If so: -Dcampaign.arrived=10, if not: -Dcampaign.again=10");
    }

    @Test
    void noMoreThanAHundredRowsAreListed() throws IOException {
        for (int line = 2; line < 122; line++) {
            campaign.add(line, "Sari", "UNKNOWN");
        }

        open(null);

        assertThat(browser.run("return data.urgent.length")).isEqualTo(100L);
        assertThat(browser.texts(".card p")).contains("The first 100 of 120; all are in the CSV report.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>window.scripted = 1</script>",
                "</script><script>window.scripted = 1</script>",
                "<!--<script>",
                "<img src=x onerror='window.scripted = 1'>",
                "{{refresh}} {{data}}",
                "\" \\ ' \u2028 </SCRIPT>",
                "$1 \\1"
            })
    void whatANameHoldsStaysAName(String who) throws IOException {
        campaign.add(2, who, "UNKNOWN");

        open("The row of " + who + " was the last one.");

        assertThat(browser.run("return document.querySelector('tbody .who + .nowrap').previousSibling.textContent"))
                .isEqualTo(who);
        assertThat(browser.texts(".note").toString()).contains("was the last one.");
        assertThat(browser.run("return window.scripted === undefined && document.images.length === 0"))
                .isEqualTo(true);
        assertThat(browser.run("return document.scripts.length")).isEqualTo(3L);
    }

    @Test
    void neitherNumberNorTextIsInIt() throws IOException {
        campaign.addSent(10);
        campaign.addOneOfEach();

        open(null);

        assertThat(Files.readString(file))
                .doesNotContain(ReportedCampaign.PHONE)
                .doesNotContain(ReportedCampaign.TEXT)
                .contains("Maya");
    }

    @Test
    void whileItRunsItLoadsItselfAgainUntilTheEnd() throws IOException {
        campaign.addSent(10);
        campaign.add(2, "Sari", "QUEUED");
        ReportPage page = page();
        page.refresh();
        browser.open(file.toUri().toString());
        assertThat(browser.texts(".state")).containsExactly("running");
        assertThat(browser.texts(".tile"))
                .anyMatch(tile -> tile.matches("(?s)Rate\n.* a (second|minute)\nin the last minute"));

        page.write(null);

        awaitTrue("document.querySelector('.state').textContent === 'ended'");
        assertThat(Files.readString(file)).doesNotContain("http-equiv=\"refresh\"");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void itIsNotWrittenAgainBeforeItsPauseIsOver() throws IOException {
        ReportPage page = page();
        page.refresh();
        Files.delete(file);

        page.refresh();

        assertThat(file).doesNotExist();
    }

    @Test
    void whileItPausesItSaysWhy() throws IOException {
        campaign.add(2, "Sari", "QUEUED");
        campaign.closeGate("*", "The balance is used up.");
        campaign.closeGate("campaign", "Too many requests.");
        page().refresh();

        browser.open(file.toUri().toString());

        assertThat(browser.texts(".note"))
                .hasSize(2)
                .anyMatch(note -> note.matches("Paused until .*: The balance is used up\\."))
                .anyMatch(note -> note.matches("Paused \\(lane campaign\\) until .*: Too many requests\\."));
    }

    @Test
    void whenItWasStoppedItSaysWhy() throws IOException {
        campaign.add(2, "Sari", "QUEUED");

        open("The balance is used up.");

        assertThat(browser.texts(".state")).containsExactly("stopped");
        assertThat(browser.texts(".note")).containsExactly("Stopped: The balance is used up.");
    }

    @Test
    void anEmptyCampaignHasAPageToo() throws IOException {
        open(null);

        assertThat(browser.texts(".card p"))
                .containsExactly(
                        "Nothing was sent yet.",
                        "There are no rows.",
                        "SendTalk has told no final status yet.",
                        "SendTalk has told no price yet.");
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 1400})
    void nothingIsWiderThanTheWindow(int width) throws IOException {
        campaign.addSent(5000, "1234567.1234", "IDR");
        campaign.addSent(5, "1", "USD");
        campaign.addOneOfEach();
        campaign.add(20, "W".repeat(200), "UNKNOWN", "reason", "'" + "x".repeat(300) + "'");
        browser.resize(width, HEIGHT);

        open("y".repeat(300));

        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
        assertThat(browser.run(
                        "return [...document.querySelectorAll('.card')].every(c => c.scrollWidth <= c.clientWidth)"))
                .isEqualTo(true);
    }

    @Test
    void aPageThatCannotBeWrittenDoesNotHoldUpTheCampaign() {
        ReportPage page = new ReportPage(campaign.database(), folder.resolve("no/such/folder.html"));

        page.refresh();

        assertThatThrownBy(() -> page.write(null)).isInstanceOf(IOException.class);
    }

    private ReportPage page() {
        return new ReportPage(campaign.database(), file);
    }

    private void open(String stopped) throws IOException {
        page().write(stopped);
        browser.open(file.toUri().toString());
    }

    private static void awaitTrue(String expression) {
        Awaitility.await(expression)
                .atMost(Duration.ofSeconds(30))
                .until(() -> Boolean.TRUE.equals(browser.run("return " + expression)));
    }
}
