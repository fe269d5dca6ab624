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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Runs campaigns against a sandbox and a database of the test's, with a folder of their own, and reads their reports. */
final class TestCampaign {

    static final String HEADER = "name,phone,messageType,body,filename,caption\n";

    private static final String SEND = "/api/v1/message/send_whatsapp";

    private final SendTalkSandbox sandbox;
    private final TestDatabase database = new TestDatabase();
    private final Path target;
    private Consumer<Campaign> begun = campaign -> {};

    TestCampaign(SendTalkSandbox sandbox, Path target) {
        this.sandbox = sandbox;
        this.target = target;
    }

    /** What a run leaves: its report by the line of the row. */
    record Run(int exitCode, String screen, String refusal, Map<Integer, Map<String, String>> report) {

        String of(int line, String column) {
            return report.get(line).get(column);
        }
    }

    static String text(String name, String phone) {
        return "%s,%s,text,Halo %s,,\n".formatted(name, phone, name);
    }

    TestDatabase database() {
        return database;
    }

    /** Who is given the next campaign before it runs. */
    void whenBegun(Consumer<Campaign> consumer) {
        begun = consumer;
    }

    /** @param options names and values in turn */
    Run run(String csv, String... options) {
        return run(csv.getBytes(StandardCharsets.UTF_8), options);
    }

    Run run(byte[] csv, String... options) {
        return run(write(csv), options);
    }

    private Path write(byte[] csv) {
        try {
            return Files.write(target.resolve("own.csv"), csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Run runBundled(String... options) {
        return run((Path) null, options);
    }

    private Run run(Path file, String... options) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "campaign.target", target.toString(), "campaign.sandbox", sandbox.baseUrl(), "db.url", database.url()));
        if (file != null) {
            settings.put("campaign.file", file.toString());
        }
        for (int i = 0; i < options.length; i += 2) {
            settings.put(options[i], options[i + 1]);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = CampaignMain.run(
                Map.of(),
                settings,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                begun);
        return new Run(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8),
                exitCode == CampaignMain.REFUSED ? Map.of() : report(target));
    }

    static Map<Integer, Map<String, String>> report(Path target) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try {
            String csv = Files.readString(target.resolve("campaign-report.csv"));
            Map<Integer, Map<String, String>> report = new TreeMap<>();
            // behind the byte-order mark
            try (CSVParser parser = CSVParser.parse(csv.substring(1), format)) {
                parser.forEach(row -> report.put(Integer.valueOf(row.get("line")), row.toMap()));
            }
            return report;
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
