package io.github.camelsendtalk.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.support.ConsoleCapture;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text or a caption that is longer than WhatsApp takes is said, once for each route, and sent. */
class LengthWarningsTest extends SendTalkTestSupport {

    private static final String TO = "sendtalk:send?phone=" + PHONE;
    private static final String IMAGE = TO + "&messageType=image&filename=a.jpg";
    private static final String URL = "https://example.com/a.jpg";

    private static String text(int characters) {
        return "rahasia".repeat(characters / 7 + 1).substring(0, characters);
    }

    /** What a call that is a success warns of. */
    private String warningsOf(String uri, Object body, Map<String, Object> headers) {
        return warnings(() -> wasAccepted(call(uri, body, headers)));
    }

    private static String warnings(Runnable calls) {
        return ConsoleCapture.during(calls)
                .lines()
                .filter(line -> line.contains(" WARN "))
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest(name = "a text of type {0}")
    @CsvSource({"text", "otp"})
    void aTextOfMoreThan4096CharactersIsSaidAndSent(String type) {
        String warnings = warningsOf("direct:first", text(4_097), Map.of("messageType", type));

        assertThat(warnings)
                .contains("The route first sends a text of 4097 characters", "4096 at most")
                .doesNotContain("rahasia", PHONE);
        assertThat(message().body()).hasSize(4_097);
    }

    @Test
    void aCaptionOfMoreThan1024CharactersIsSaidAndSent() {
        String warnings = warningsOf(IMAGE, URL, Map.of("caption", text(1_025)));

        assertThat(warnings)
                .contains("A program without a route sends a caption of 1025 characters", "1024 at most")
                .doesNotContain("rahasia", PHONE);
        assertThat(message().caption()).hasSize(1_025);
    }

    @Test
    void whatWhatsAppTakesIsNotSaid() {
        assertThat(warningsOf(TO, text(4_096), Map.of())).isEmpty();
        assertThat(warningsOf(TO, "😀".repeat(4_096), Map.of()))
                .as("an emoji is two of Java's characters")
                .isEmpty();
        assertThat(warningsOf(IMAGE, URL, Map.of("caption", text(1_024)))).isEmpty();
        assertThat(warningsOf(IMAGE, URL + "?token=" + text(5_000), Map.of()))
                .as("the URL of an image is not read by anybody")
                .isEmpty();
        assertThat(warningsOf(TO, "Halo", Map.of("caption", text(2_000))))
                .as("a text has no caption")
                .isEmpty();
    }

    @Test
    void eachRouteIsSaidOnceWhateverItSends() {
        String warnings = warnings(() -> {
            for (int i = 0; i < 3; i++) {
                wasAccepted(call("direct:first", text(5_000 + i)));
                wasAccepted(call("direct:second", text(6_000 + i)));
                wasAccepted(call("direct:image", URL, Map.of("caption", text(7_000 + i))));
            }
        });

        assertThat(warnings.lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("The route first sends a text of 5000 characters"))
                .anyMatch(line -> line.contains("The route second sends a text of 6000 characters"))
                .anyMatch(line -> line.contains("The route image sends a caption of 7000 characters"));
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:first").routeId("first").to(TO);
                from("direct:second")
                        .routeId("second")
                        .setProperty("to", constant(PHONE))
                        .toD("sendtalk:send?phone=${exchangeProperty.to}");
                from("direct:image").routeId("image").to(IMAGE);
            }
        };
    }
}
