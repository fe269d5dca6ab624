package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.matching.UrlPattern;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelsendtalk.sandbox.SandboxMain;
import io.github.camelsendtalk.sandbox.SandboxMessage;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import io.github.camelsendtalk.sandbox.SendTalkSandboxExtension;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sandbox's page names all that the sandbox offers, and shows what it prints and answers. */
class SandboxPageTest {

    private static final String COMPLETE_TEST =
            "docs/src/test/java/io/github/camelsendtalk/docs/examples/CodeRouteTest.java#test";
    private static final String PAGE = "docs/sandbox.adoc";

    @RegisterExtension
    static final SendTalkSandbox SANDBOX =
            new SendTalkSandboxExtension(SendTalkSandbox.builder().frozenAt(Instant.ofEpochMilli(1635774547004L)));

    private static String text;

    @BeforeAll
    static void read() throws IOException {
        text = Document.read(PAGE).text();
    }

    @Test
    void theHelpIsWhatTheProgramPrints() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SandboxMain.class.getName(),
                        "--help")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(printed).isEqualToNormalizingNewlines(example("sandbox-help.txt"));
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void theExampleIsWhatTheSandboxAnswers() throws Exception {
        JsonNode example = new ObjectMapper().readTree(example("sandbox-messages.json"));
        try (RunningExample sender = new RunningExample(context -> {}, SANDBOX.baseUrl())) {
            sender.request("sendtalk:send?phone=6281212345678&messageType=otp", "Your code is 4711", Map.of());
            sender.request("sendtalk:send?phone=6281212340002", "Your parcel arrives today.", Map.of());
        }

        JsonNode answer = new ObjectMapper()
                .readTree(URI.create(SANDBOX.baseUrl() + "/_sandbox/messages").toURL());

        for (int i = 0; i < answer.path("messages").size(); i++) {
            // The only value that differs from run to run.
            ((ObjectNode) answer.path("messages").get(i)).set("id", example.at("/messages/" + i + "/id"));
        }
        assertThat(PrettyJson.of(answer) + "\n").isEqualTo(example("sandbox-messages.json"));
    }

    private static String example(String name) throws IOException {
        return Files.readString(Document.ROOT.resolve("docs/src/test/resources/examples/" + name));
    }

    @Test
    void theCompleteTestHasTwentyLinesAtMost() throws IOException {
        assertThat(Listings.listing(COMPLETE_TEST, Markup.MARKDOWN))
                .filteredOn(line -> !line.startsWith("import ") && !line.startsWith("```"))
                .as("The lines of %s, imports and the blank ones around them aside", COMPLETE_TEST)
                .hasSizeBetween(3, 20 + 2);
    }

    @Test
    void thePageNamesEveryPathOfTheHttpApi() {
        assertThat(SANDBOX.wireMock().getStubMappings())
                .filteredOn(mapping -> mapping.getName().startsWith("sandbox: "))
                .hasSizeGreaterThan(5)
                .extracting(SandboxPageTest::methodAndPath)
                .as("What is asked below /_sandbox/ and is not in the table of %s", PAGE)
                .filteredOn(asked -> !text.contains(asked))
                .isEmpty();
    }

    private static String methodAndPath(StubMapping mapping) {
        UrlPattern url = mapping.getRequest().getUrlMatcher();
        return "| `%s` | `+%s+`".formatted(mapping.getRequest().getMethod(), url.getExpected());
    }

    @Test
    void thePageNamesEveryMethodOfTheSandboxAndOfItsBuilder() {
        assertThat(Stream.of(SendTalkSandbox.class, SendTalkSandbox.Builder.class, SandboxMessage.class)
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName)
                        .filter(name ->
                                !Set.of("equals", "hashCode", "toString").contains(name))
                        .distinct())
                .hasSizeGreaterThan(10)
                .as("The methods that %s does not name", PAGE)
                .filteredOn(name ->
                        !Pattern.compile("\\b" + name + "\\(").matcher(text).find())
                .isEmpty();
    }
}
