package io.github.camelsendtalk.example.otp;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.support.Browser;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The test page in a real browser, and beside it the sandbox's inbox, where the codes are read. */
@EnabledIf(
        value = "io.github.camelsendtalk.support.Browser#isInstalled",
        disabledReason = "Chromium is not there: apt-get install chromium chromium-driver")
class PageTest {

    private static final int PAGE = 0;
    private static final int INBOX = 1;
    private static final int WIDTH = 720;
    private static final int HEIGHT = 1000;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static RunningService service;
    private static Browser browser;

    private final String number = "08121%05d77".formatted(NUMBERS.incrementAndGet());

    @BeforeAll
    static void start() {
        service = RunningService.start();
        browser = new Browser(WIDTH, HEIGHT);
        browser.open("about:blank").openBeside(service.sandbox().baseUrl());
    }

    @AfterAll
    static void stop() {
        browser.close();
        service.close();
    }

    @BeforeEach
    void openPage() {
        browser.show(PAGE);
        browser.resize(WIDTH, HEIGHT);
        browser.prefer("light");
        open("en-GB");
    }

    private static void open(String languages) {
        browser.open("about:blank").read(languages);
        browser.complaints();
        browser.open(service.url("/"));
        browser.await("#purpose option:nth-child(3)", "");
    }

    @AfterEach
    void nothingIsAskedOfOthersOrComplainedOf() {
        browser.show(PAGE);
        assertThat(
                        browser.run(
                                "return [...new Set(performance.getEntriesByType('resource').map(each => new URL(each.name).origin))]"))
                .isEqualTo(List.of(service.url("")));
        assertThat(browser.complaints())
                .as("complaints, beside those of the problems that the page shows")
                .allMatch(complaint ->
                        complaint.contains("/codes") && complaint.contains("the server responded with a status of"));
    }

    @Test
    void aCodeIsAskedForReadInTheInboxTypedAndRight() {
        browser.type("#phone", number);
        browser.press(Keys.ENTER);
        browser.await("#outcome", "The code was asked for. The message comes soon. Type its code below.");
        browser.awaitTrue("document.activeElement.id === 'code'");
        assertState("state", "valid");

        // the keyboard alone, as before
        browser.press(codeInTheInbox());
        browser.press(Keys.ENTER);

        browser.await("#outcome.good", "The code is right.");
        assertState("state", "used");
        assertThat(service.show(id()).text("state")).isEqualTo("used");
    }

    @Test
    void theInboxIsLinked() {
        browser.await("#inbox a", "The sandbox\u2019s inbox");

        assertThat(browser.run("return document.querySelector('#inbox a').href"))
                .isEqualTo(service.sandbox().baseUrl() + "/");
    }

    @Test
    void itShowsThatTheMessageArrivedWithoutBeingAsked() {
        ask();

        assertState("delivery", "delivered");
        assertState("channel", "WhatsApp");
    }

    @Test
    void aWrongCodeSaysHowManyTriesAreLeftAndTheLastBlocks() {
        ask();
        String code = codeInTheInbox();

        for (int left = 4; left > 0; left--) {
            check(RunningService.notThe(code));
            browser.await(
                    "#outcome.bad",
                    "The code is wrong Look at the last message, and type it again. Tries left: %d.".formatted(left));
            assertState("triesLeft", String.valueOf(left));
        }
        browser.awaitTrue("document.activeElement.id === 'code'");
        check(RunningService.notThe(code));
        browser.await("#outcome.bad", "Tries left: 0.");

        assertState("state", "too many wrong codes");
    }

    @Test
    void whatIsOverBeforeItIsTypedIsSaid() {
        ask();
        String code = codeInTheInbox();
        for (int i = 0; i < 5; i++) {
            service.check(id(), RunningService.notThe(code));
        }
        check(code);
        browser.await("#outcome.bad", "Too many wrong codes This code is no longer valid. Ask for a new code.");

        askAnew();
        service.age(id(), "5 min");
        check(code);
        browser.await("#outcome.bad", "The code has expired Ask for a new code.");
        assertState("state", "expired");

        askAnew();
        service.check(id(), newestCode());
        check(newestCode());
        browser.await("#outcome.bad", "The code has been used Each code works once. Ask for a new code.");

        askAnew();
        service.age(id(), "61 s");
        service.ask(number);
        check(code);
        browser.await("#outcome.bad", "There is a newer code Use the code of the last message.");
    }

    @Test
    void anotherMayBeAskedForWhenTheCountdownHasEnded() {
        ask();
        UUID first = id();
        browser.awaitTrue("document.getElementById('again').disabled");
        browser.await("#again", "Send another code (in 5");

        // asked again within the minute, it is the first one, which is older now
        service.age(first, "53 s");
        browser.run("""
                window.seen = [];
                new MutationObserver(() => seen.push(document.getElementById('again').textContent))
                  .observe(document.getElementById('again'), {childList: true});""");
        browser.click("#ask button[type=submit]");
        browser.awaitTrue("document.getElementById('again').textContent === 'Send another code'");
        assertThat(countdown())
                .hasSizeGreaterThan(2)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .contains(1L);
        assertThat(id()).isEqualTo(first);

        browser.click("#again");
        browser.awaitTrue("document.querySelector('[data-name=id]').textContent !== '" + first + "'");
        browser.await("#again", "Send another code (in 5");
        assertThat(service.show(first).text("state")).isEqualTo("replaced");
    }

    @SuppressWarnings("unchecked")
    private static List<Long> countdown() {
        return (List<Long>) Objects.requireNonNull(
                browser.run("return seen.slice(0, -1).map(each => parseInt(each.match(/in (\\d+) s/)[1]))"));
    }

    @Test
    void whatIsRefusedIsSaidWithItsSentences() {
        browser.type("#phone", "0812");
        browser.click("#ask button[type=submit]");
        browser.await("#outcome.bad", "The phone number is wrong Look at the phone number, and send it again");
        assertThat(browser.texts("#sent")).isEmpty();

        ask();
        browser.run("document.getElementById('purpose').value = 'payment'");
        browser.click("#ask button[type=submit]");
        browser.await("#outcome.bad", "Too soon A code for something else has just been sent to this number. Wait ");
    }

    @Test
    void aServiceThatDoesNotAnswerIsSaid() {
        browser.type("#phone", number);
        browser.run("window.fetch = () => Promise.reject(new TypeError('gone'))");
        browser.click("#ask button[type=submit]");

        browser.await("#outcome.bad", "The service does not answer. See whether it runs, and try again.");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"id-ID,en; id; Kode sekali pakai", "en-GB,id; en; One-time codes", "fr-FR; id; Kode sekali pakai"},
            delimiter = ';')
    void itSpeaksTheLanguageOfTheReader(String languages, String language, String title) {
        open(languages);

        browser.await("h1", title);
        assertThat(browser.run("return document.documentElement.lang")).isEqualTo(language);
    }

    @Test
    void theLanguageCanBeSwitchedAndProblemsFollow() {
        browser.click("[data-language=id]");
        browser.await("h1", "Kode sekali pakai");
        browser.awaitTrue("document.querySelector('[data-language=id]').getAttribute('aria-pressed') === 'true'");
        ask();
        assertState("state", "berlaku");
        check(RunningService.notThe(codeInTheInbox()));
        browser.await(
                "#outcome.bad[lang=id]", "Kode salah Periksa pesan terakhir, lalu ketik lagi. Sisa percobaan: 4.");

        browser.click("[data-language=en]");
        assertState("state", "valid");
        check(RunningService.notThe(newestCode()));
        browser.await("#outcome.bad[lang=en]", "The code is wrong");
    }

    @Test
    void bothLanguagesHaveTheSameWordsAndAllFieldsHaveNames() {
        for (String language : Texts.LANGUAGES) {
            browser.click("[data-language=" + language + "]");
            ask();
            assertThat(browser.texts("[data-word], dt, dd, button, option"))
                    .isNotEmpty()
                    .noneMatch(text -> text.isBlank() || text.contains("undefined"));
            assertThat(
                            browser.run(
                                    "return [...document.querySelectorAll('input, select')].every(each => each.labels.length === 1)"))
                    .isEqualTo(true);
        }
        assertThat(browser.run("""
                const {autocomplete, inputMode} = document.getElementById('code');
                return [autocomplete, inputMode, document.getElementById('outcome').getAttribute('aria-live')]""")).isEqualTo(List.of("one-time-code", "numeric", "polite"));
    }

    @ParameterizedTest
    @CsvSource({"light, 320", "light, 720", "dark, 320", "dark, 720"})
    void itFitsThePhoneAndTheLight(String scheme, int width) throws IOException {
        browser.prefer(scheme);
        browser.resize(width, HEIGHT);
        ask();
        assertState("delivery", "delivered");
        check(RunningService.notThe(codeInTheInbox()));
        browser.await("#outcome.bad", "The code is wrong");

        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
        assertThat(browser.run(LOW_CONTRAST)).isEqualTo(List.of());
        Path picture = width == WIDTH
                ? Path.of("target/pictures/otp-page-%s-wide.png".formatted(scheme))
                : pictures().resolve("otp-page-%s.png".formatted(scheme));
        browser.saveScreenshot(picture);
        int brightness = new Color(ImageIO.read(picture.toFile()).getRGB(2, 2)).getGreen();
        assertThat(brightness).isBetween(scheme.equals("light") ? 200 : 0, scheme.equals("light") ? 255 : 60);
    }

    /** The texts whose colour has less than 4.5 times the light of what is behind it, or the other way round, as WCAG 2 counts it. */
    private static final String LOW_CONTRAST = """
            const light = color => {
              const [r, g, b] = color.match(/[\\d.]+/g).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const back = element => {
              const color = getComputedStyle(element).backgroundColor;
              return color === 'rgba(0, 0, 0, 0)' && element.parentElement ? back(element.parentElement) : color;
            };
            return [...document.querySelectorAll('h1, h2, p, b, label, input, select, button, dt, dd, a')]
              .filter(each => each.checkVisibility())
              .filter(each => {
                const [low, high] = [light(getComputedStyle(each).color), light(back(each))].sort((a, b) => a - b);
                return (high + 0.05) / (low + 0.05) < 4.5;
              })
              .map(each => each.outerHTML);
            """;

    private static Path pictures() {
        return Boolean.getBoolean("docs.pictures") ? Path.of("../../docs/images") : Path.of("target/pictures");
    }

    @Test
    void aPageElsewhereCannotHaveACodeSent() {
        int before = codes();
        service.sandbox()
                .wireMock()
                .stubFor(get("/elsewhere").willReturn(aResponse().withHeader("Content-Type", "text/html")));
        browser.openBeside(service.sandbox().baseUrl() + "/elsewhere");
        for (String type : List.of("application/json", "text/plain")) {
            browser.run(
                    """
                    fetch(arguments[0], {method: 'POST', mode: 'cors', headers: {'Content-Type': arguments[2]}, body: arguments[1]})
                      .then(() => 'answered', () => 'refused').then(how => { window[arguments[2]] = how; })""",
                    service.url("/codes"),
                    "{\"phone\": \"%s\", \"purpose\": \"login\", \"language\": \"id\"}".formatted(number),
                    type);
            browser.awaitTrue("window['" + type + "'] === 'refused'");
        }
        assertThat(browser.complaints().toString())
                .contains("Response to preflight request doesn't pass access control check")
                .contains("No 'Access-Control-Allow-Origin' header is present on the requested resource");

        assertThat(codes()).isEqualTo(before);
    }

    private static int codes() {
        return Objects.requireNonNull(service.jdbc().queryForObject("SELECT count(*) FROM code", Integer.class));
    }

    private void ask() {
        browser.type("#phone", number);
        browser.click("#ask button[type=submit]");
        browser.awaitTrue("document.querySelector('[data-name=state]').textContent !== ''");
    }

    /** Asks for another code as soon as one may. */
    private void askAnew() {
        UUID last = id();
        service.age(last, "6 min");
        browser.click("#ask button[type=submit]");
        browser.awaitTrue("document.querySelector('[data-name=id]').textContent !== '" + last + "'");
    }

    private static void check(String code) {
        browser.type("#code", code);
        browser.click("#check button");
    }

    private static UUID id() {
        return UUID.fromString(browser.texts("[data-name=id]").get(0));
    }

    private static void assertState(String name, String value) {
        browser.awaitTrue("document.querySelector('[data-name=%s]').textContent === '%s'".formatted(name, value));
    }

    /** Looks at the other window, as a person would at the phone. */
    private String codeInTheInbox() {
        browser.show(INBOX);
        browser.click("[data-phone='62" + number.substring(1) + "']");
        String text = browser.await("[data-id]", "Toko Kita").getText();
        browser.show(PAGE);
        return RunningService.codeIn(text);
    }

    /** The code of the id that the page shows. */
    private static String newestCode() {
        UUID id = id();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> service.messageOf(id, "state").equals("SENT"));
        return service.bean(Secret.class).code(id);
    }
}
