package io.github.camelsendtalk.example.campaign;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Runs campaigns against a sandbox of the test's, with a folder of their own, and reads their reports. */
final class TestCampaign {

    static final String HEADER = "name,phone,messageType,body,filename,caption\n";

    private static final String SEND = "/api/v1/message/send_whatsapp";

    private final SendTalkSandbox sandbox;
    private final String baseUrl;
    private final Path target;

    TestCampaign(SendTalkSandbox sandbox, Path target) {
        this.sandbox = sandbox;
        this.baseUrl = sandbox.baseUrl();
        this.target = target;
    }

    /** What a run leaves: its report by the line of the row. */
    record Run(int exitCode, String screen, Map<Integer, Map<String, String>> report) {

        String of(int line, String column) {
            return report.get(line).get(column);
        }
    }

    static String text(String name, String phone) {
        return "%s,%s,text,Halo %s,,\n".formatted(name, phone, name);
    }

    Path journal() {
        return target.resolve("campaign-sandbox.journal");
    }

    Run run(String csv, String... options) throws RefusalException {
        return run(RowReader.rows("test.csv", csv.getBytes(StandardCharsets.UTF_8)), options);
    }

    /** @param options names and values in turn */
    Run run(List<Row> rows, String... options) throws RefusalException {
        Map<String, String> settings = new TreeMap<>(Map.of("campaign.target", target.toString()));
        for (int i = 0; i < options.length; i += 2) {
            settings.put(options[i], options[i + 1]);
        }
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        int exitCode = new CampaignRun(
                        Settings.read(Map.of(), settings),
                        rows,
                        componentOptions(baseUrl),
                        new PrintStream(screen, true, StandardCharsets.UTF_8))
                .execute();
        return new Run(exitCode, screen.toString(StandardCharsets.UTF_8), report(target));
    }

    static Map<String, String> componentOptions(String baseUrl) {
        return Map.of("base-url", baseUrl, "api-key", "campaign-test-key");
    }

    static Map<Integer, Map<String, String>> report(Path target) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser csv = CSVParser.parse(target.resolve("campaign-report.csv"), StandardCharsets.UTF_8, format)) {
            Map<Integer, Map<String, String>> report = new TreeMap<>();
            csv.forEach(row -> report.put(Integer.valueOf(row.get("line")), row.toMap()));
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String journalText() {
        try {
            return Files.readString(journal());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beginning of a stub for sends to one number, which goes before the sandbox's own answers. */
    static MappingBuilder sendTo(String phone) {
        return post(urlPathEqualTo(SEND)).withRequestBody(matchingJsonPath("$.phone", equalTo(phone)));
    }

    static MappingBuilder anySend() {
        return post(urlPathEqualTo(SEND));
    }

    int requestsTo(String phone) {
        return sandbox.wireMock()
                .findAll(postRequestedFor(urlPathEqualTo(SEND))
                        .withRequestBody(matchingJsonPath("$.phone", equalTo(phone))))
                .size();
    }

    int sendRequests() {
        return sandbox.wireMock()
                .findAll(postRequestedFor(urlPathEqualTo(SEND)))
                .size();
    }
}
