package io.github.camelsendtalk.docs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import io.github.camelsendtalk.support.Browser;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The sandbox's inbox page in a real browser, while a Camel route sends. */
@EnabledIf(
        value = "io.github.camelsendtalk.support.Browser#isInstalled",
        disabledReason = "Chromium is not there: apt-get install chromium chromium-driver")
class InboxPageTest {

    private static final int WIDTH = 1200;
    private static final int HEIGHT = 720;
    private static final String SARI = "6281211000101";
    private static final String BUDI = "6281211000202";

    @RegisterExtension
    static SendTalkSandbox sandbox = new SendTalkSandboxExtension(SendTalkSandbox.builder()
            .frozenAt(Instant.parse("2026-11-23T02:30:00Z"))
            .sentAfter(Duration.ofSeconds(1))
            .readAfter(Duration.ofSeconds(3)));

    private static Browser browser;

    private RunningExample camel;

    @BeforeAll
    static void startBrowser() {
        browser = new Browser(WIDTH, HEIGHT);
    }

    @AfterAll
    static void endBrowser() {
        browser.close();
    }

    @BeforeEach
    void openPage() throws Exception {
        camel = new RunningExample(
                context -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:message").to("sendtalk:send");
                    }
                }),
                sandbox.baseUrl());
        browser.open("about:blank").open(sandbox.baseUrl());
        browser.run("window.sinceThePageWasLoaded = true");
    }

    @AfterEach
    void stopCamel() {
        camel.close();
        assertThat(browser.complaints()).as("what the browser complained of").isEmpty();
    }

    @Test
    void messagesAppearWithoutAReload() {
        send(SARI, "text", "Selamat pagi");
        browser.await("[data-phone='" + SARI + "']", "Selamat pagi").click();
        browser.await("[data-id]", "Selamat pagi");

        send(SARI, "otp", "Kode Anda 471100");
        browser.await("[data-id]", "Kode Anda 471100");
        send(BUDI, "text", "Paket sudah dikirim");
        browser.await("[data-phone='" + BUDI + "']", "Paket sudah dikirim");

        assertThat(browser.run("return window.sinceThePageWasLoaded")).isEqualTo(true);
    }

    @Test
    void ticksMove() {
        send(SARI, "text", "Halo");
        browser.await("[data-phone='" + SARI + "']", "Halo").click();
        browser.await("[data-id] [data-status='pending']", "");

        sandbox.step(Duration.ofSeconds(1));
        browser.await("[data-id] [data-status='sent']", "");
        browser.await("[data-id]", "100");

        sandbox.step(Duration.ofSeconds(3));
        browser.await("[data-id] [data-status='read']", "");
        assertThat(browser.run("return window.sinceThePageWasLoaded")).isEqualTo(true);
    }

    @Test
    void aMessageThatFailsGetsACrossAndNoPrice() {
        String phone = "6281212340033";
        send(phone, "text", "Halo");
        browser.await("[data-phone='" + phone + "']", "Halo").click();
        browser.await("[data-id] [data-status='pending']", "");

        sandbox.step(Duration.ofSeconds(1));
        browser.await("[data-id] [data-status='failed'][aria-label='Failed']", "");
        assertThat(browser.count("[data-id] .price")).isZero();
    }

    @Test
    void scriptsInATextStayText() {
        String script = "<script>window.scripted = 1</script><img src=x onerror='window.scripted = 1'>";
        send(SARI, "text", script);
        image(SARI, "https://example.com/a.png", script);

        browser.await("[data-phone='" + SARI + "']", "").click();
        browser.await("[data-id]", "https://example.com/a.png");

        assertThat(browser.texts("[data-id]"))
                .hasSize(2)
                .allSatisfy(text -> assertThat(text).contains(script));
        assertThat(browser.run("return window.scripted")).isNull();
        assertThat(browser.count("[data-id] script, [data-id] [onerror], [data-id] img"))
                .isZero();
    }

    @Test
    void whatsAppsMarksAreShownAndLinksAreInert() {
        send(SARI, "text", "*tebal* _miring_ ~coret~ https://example.com/pesanan");

        browser.await("[data-phone='" + SARI + "']", "").click();
        browser.await("[data-id]", "https://example.com/pesanan");

        assertThat(browser.texts("[data-id] strong, [data-id] b")).containsExactly("tebal");
        assertThat(browser.texts("[data-id] em, [data-id] i")).containsExactly("miring");
        assertThat(browser.texts("[data-id] s, [data-id] del")).containsExactly("coret");
        assertThat(browser.count("[data-id] a")).isZero();
    }

    @Test
    void anImageIsFetchedOnlyWhenAskedFor() throws IOException {
        sandbox.wireMock().stubFor(get("/photo.png").willReturn(aResponse().withBody(photo())));
        image(SARI, sandbox.baseUrl() + "/photo.png", "Foto");
        browser.await("[data-phone='" + SARI + "']", "").click();
        browser.await("[data-id]", "Foto");
        assertThat(pathsAskedFor()).doesNotContain("/photo.png");

        browser.await("[data-id] button", "Show image").click();

        browser.awaitTrue("document.querySelector('[data-id] img').naturalWidth === 300");
        assertThat(pathsAskedFor()).contains("/photo.png");
    }

    private static byte[] photo() throws IOException {
        BufferedImage image = new BufferedImage(300, 180, BufferedImage.TYPE_INT_RGB);
        Graphics2D painter = image.createGraphics();
        painter.setPaint(new GradientPaint(0, 0, Color.ORANGE, 300, 180, Color.MAGENTA));
        painter.fillRect(0, 0, 300, 180);
        painter.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    private static List<String> pathsAskedFor() {
        return sandbox.wireMock().getAllServeEvents().stream()
                .map(event -> event.getRequest().getUrl())
                .toList();
    }

    @Test
    void searchFindsMessages() {
        send(SARI, "text", "Selamat pagi");
        send(BUDI, "text", "Paket sudah dikirim");
        browser.await("[data-phone='" + BUDI + "']", "");

        browser.type("#search", "PAGI");
        browser.awaitNone("[data-phone='" + BUDI + "']");
        browser.await("[data-phone='" + SARI + "']", "Selamat pagi");

        browser.type("#search", " ");
        browser.await("[data-phone='" + BUDI + "']", "Paket sudah dikirim");
    }

    @Test
    void clearForgetsAllAfterAsking() {
        send(SARI, "text", "Selamat pagi");
        browser.await("[data-phone='" + SARI + "']", "");

        browser.click("#clear");
        browser.click("#confirm-clear");

        browser.awaitNone("[data-phone]");
        assertThat(sandbox.messages()).isEmpty();
    }

    @Test
    void refusedRequestsAreShownWithTheReason() {
        send("6281211000001", "text", "Ke nomor yang salah");

        browser.click("#refused");

        browser.await("[data-refused]", "The recipient is invalid (invalid_recipient)");
    }

    @Test
    void theRawRequestAndAnswerAreShownWithoutTheKey() {
        send(SARI, "text", "Selamat pagi");
        browser.await("[data-phone='" + SARI + "']", "").click();

        browser.await("[data-id]", "Selamat pagi").click();

        String details = browser.await("#details", "added to queue").getText();
        assertThat(details)
                .contains("/api/v1/message/send_whatsapp", "API-Key", "****", "\"phone\": \"" + SARI + "\"")
                .doesNotContain("test-key-");
    }

    @Test
    void thePageCanBeUsedByKeyboard() {
        send(BUDI, "text", "Paket sudah dikirim");
        send(SARI, "text", "Selamat pagi");
        browser.await("[data-phone='" + SARI + "']", "");

        browser.press("/", "paket", Keys.TAB);
        browser.awaitNone("[data-phone='" + SARI + "']");
        browser.run("document.querySelector('[data-phone]').focus()");
        browser.press(Keys.ENTER);
        browser.await("[data-id]", "Paket sudah dikirim");
        browser.run("document.querySelector('[data-id]').focus()");
        browser.press(Keys.ENTER);
        browser.await("#details", "added to queue");

        browser.press(Keys.ESCAPE);
        browser.awaitNone("#details");
    }

    @Test
    void olderMessagesOfALongConversationAreShownWhenAskedFor() {
        for (int i = 1; i <= 120; i++) {
            send(SARI, "text", "Pesan nomor " + i);
        }
        browser.await("[data-phone='" + SARI + "']", "Pesan nomor 120").click();
        browser.await("[data-id]", "Pesan nomor 120");
        assertThat(browser.count("[data-id]")).isEqualTo(100);

        browser.click("#older");

        browser.awaitTrue("document.querySelectorAll('[data-id]').length === 120");
    }

    @Test
    void aNarrowWindowShowsOnePaneAtATime() {
        send(SARI, "text", "Selamat pagi");
        browser.resize(360, 640);
        try {
            browser.await("[data-phone='" + SARI + "']", "Selamat pagi").click();
            browser.awaitTrue("document.activeElement.id === 'back'");
            browser.await("[data-id]", "Selamat pagi").click();
            browser.await("#details", "added to queue");
            assertThat(browser.texts("[data-id]")).isEmpty();

            browser.click("#close-details");
            browser.click("#back");

            browser.await("[data-phone='" + SARI + "']", "Selamat pagi");
            assertThat(browser.run("return document.documentElement.scrollWidth"))
                    .isEqualTo(360L);
        } finally {
            browser.resize(WIDTH, HEIGHT);
        }
    }

    @Test
    void aServerThatIsGoneIsSaid() {
        sandbox.wireMock().stubFor(any(urlPathMatching("/_sandbox/.*")).willReturn(serverError()));
        browser.await("#banner", "The sandbox answered with HTTP status 500");

        sandbox.wireMock().resetAll();

        browser.awaitNone("#banner");
        browser.complaints(); // Of the answers with status 500.
    }

    @Test
    void picturesForTheDocuments() throws IOException {
        Path folder = Boolean.getBoolean("docs.pictures") ? Document.ROOT.resolve("docs/images") : Path.of("target");
        sandbox.wireMock().stubFor(get("/photo.png").willReturn(aResponse().withBody(photo())));
        send(BUDI, "text", "Pesanan Anda *#1042* sudah dikirim.\nLacak: https://example.com/lacak/1042");
        send("6281211000001", "text", "Selamat datang!");
        sandbox.step(Duration.ofMinutes(2));
        send(SARI, "text", "Halo Sari, pesanan *#1043* sudah kami terima. _Terima kasih!_");
        image(SARI, sandbox.baseUrl() + "/photo.png", "Tunjukkan gambar ini di toko.");
        sandbox.step(Duration.ofMinutes(1));
        send(SARI, "otp", "Kode Anda 471100. ~471099~ tidak berlaku lagi.");
        sandbox.step(Duration.ofSeconds(1));
        send(SARI, "text", "Butuh bantuan? Balas pesan ini.");
        browser.await("[data-phone='" + SARI + "']", "").click();
        browser.await("[data-id] button", "Show image").click();
        browser.awaitTrue("document.querySelector('[data-id] img').naturalWidth === 300");
        browser.await("[data-id]", "Kode Anda").click();
        browser.await("#details", "added to queue");

        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            Path picture = folder.resolve("inbox-" + scheme + ".png");
            browser.saveScreenshot(picture);
            assertThat(brightnessOf(picture))
                    .isBetween(scheme.equals("light") ? 200 : 0, scheme.equals("light") ? 255 : 60);
        }
        browser.prefer("");
    }

    /** From 0, black, to 255, at the top left of a picture. */
    private static int brightnessOf(Path picture) throws IOException {
        return new Color(ImageIO.read(picture.toFile()).getRGB(2, 2)).getGreen();
    }

    @Test
    void thePageLoadsNothingFromElsewhere() {
        Object origins =
                browser.run("return performance.getEntriesByType('resource').map(each => new URL(each.name).origin)"
                        + ".filter((each, i, all) => all.indexOf(each) === i)");

        assertThat(origins).isEqualTo(List.of(sandbox.baseUrl()));
    }

    @Test
    void theRecipientsThatMisbehaveAreListed() {
        browser.click("#recipients");

        browser.await("dialog", "refused: invalid_recipient");
    }

    private Exchange send(String phone, String type, String body) {
        return send(phone, type, body, Map.of());
    }

    private Exchange image(String phone, String url, String caption) {
        return send(phone, "image", url, Map.of("CamelSendTalkFilename", "photo.png", "CamelSendTalkCaption", caption));
    }

    private Exchange send(String phone, String type, String body, Map<String, Object> more) {
        Map<String, Object> headers = new HashMap<>(more);
        headers.put("CamelSendTalkPhone", phone);
        headers.put("CamelSendTalkMessageType", type);
        return camel.request("direct:message", body, headers);
    }
}
