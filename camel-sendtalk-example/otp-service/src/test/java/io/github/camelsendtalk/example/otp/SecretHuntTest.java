package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelsendtalk.example.otp.RunningService.Answer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.telemetrydev.TelemetryDevTracer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets all become of codes that can, with all loggers open, and looks for codes, numbers and keys wherever somebody could read them.
 *
 * <p>Some loggers of others stay shut, because to show what goes in or out is what they are for, and nothing here can keep it from
 * them: HttpClient's wire and headers and Tomcat's input buffer show requests whole; at TRACE, Camel's MethodInfo shows what beans are
 * given and return. In production all of them are at INFO. URLs are in spans and in logs: none of ours has a number or a code, and what
 * a caller writes into one is not looked for.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretHuntTest {

    private static final String API_KEY = "hunted-key-" + UUID.randomUUID();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String[] SETTINGS = {
        "camel.component.sendtalk.api-key=" + API_KEY,
        "camel.component.sendtalk.request-timeout=2s",
        "otp.second-channel-after=3s",
        "figures.delay=200",
        "spring.datasource.hikari.connection-timeout=500",
        "spring.jmx.enabled=true",
        "management.endpoints.web.exposure.include=*",
        "management.endpoints.jmx.exposure.include=*",
        RunningService.WITHOUT + "=",
        "logging.level.root=DEBUG",
        "logging.level.org.apache.camel=TRACE",
        "logging.level.io.github.camelsendtalk=TRACE",
        "logging.level.org.springframework=TRACE",
        "logging.level.com.zaxxer=TRACE",
        "logging.level.org.postgresql=TRACE",
        "logging.level.org.apache.hc.client5.http.wire=INFO",
        "logging.level.org.apache.hc.client5.http.headers=INFO",
        "logging.level.org.apache.coyote.http11.Http11InputBuffer=INFO",
        "logging.level.org.apache.camel.component.bean.MethodInfo=DEBUG",
        // that of the test
        "logging.level.jdk.internal.httpclient=INFO",
        // a third of all lines, which say that a task begins or ends
        "logging.level.org.apache.camel.impl.engine.DefaultReactiveExecutor=DEBUG",
        "logging.level.org.apache.camel.support.service.BaseService=DEBUG",
    };

    private static RunningService service;

    private final Set<String> numbers = new TreeSet<>();
    private final List<String> answers = new ArrayList<>();

    /** Camel's tracing, which writes its spans into the log. */
    @Configuration
    static class Spans {

        @Bean
        CamelContextConfiguration tracing() {
            return new CamelContextConfiguration() {
                @Override
                public void beforeApplicationStart(CamelContext context) {
                    new TelemetryDevTracer().init(context);
                }

                @Override
                public void afterApplicationStart(CamelContext context) {}
            };
        }
    }

    @BeforeAll
    static void start() {
        service = RunningService.startWith(Spans.class, SETTINGS);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void noCodeNumberOrKeyIsToBeReadAnywhere(CapturedOutput output) throws Exception {
        guesses();
        recipientsThatMisbehave();
        messagesThatCannotBeMade();
        requestsThatAreRefused();
        aDatabaseThatIsAway();

        Map<String, String> places = new LinkedHashMap<>();
        places.put("the metrics", service.scrape());
        places.put("the database", tables());
        places.put("the management port", managementPort());
        places.put("the answers", String.join("\n", answers));
        places.put("JMX", beans());
        places.put("threads", Thread.getAllStackTraces().keySet().toString());
        places.put("the log", output.getAll());

        assertThat(places)
                .allSatisfy((place, text) -> assertThat(text).as(place).isNotBlank());
        assertThat(places.get("the log"))
                .as("all loggers are open, spans are in the log, and the second channel of the example was used")
                .contains("DEBUG", "TRACE", "sendtalk.outcome", "An SMS would go to 62***");
        Secrets secrets = Secrets.of(codes(), numbers, RunningService.SECRET, API_KEY);
        assertThat(secrets.codes()).hasSizeGreaterThan(25);
        assertThat(places.entrySet())
                .flatExtracting(
                        place -> secrets.in(place.getKey(), place.getValue()).toList())
                .isEmpty();
    }

    /** Right, wrong, blocked and replaced ones. */
    private void guesses() {
        UUID right = ask("0001", "login", 0);
        String code = sent(right);
        check(right, RunningService.notThe(code));
        check(right, code);
        check(right, code);
        UUID blocked = ask("0001", "payment", 1);
        for (int n = 0; n < 6; n++) {
            check(blocked, RunningService.notThe(sent(blocked)));
        }
        check(blocked, sent(blocked));
        UUID replaced = ask("0001", "register", 2);
        String old = sent(replaced);
        service.age(replaced, "2 min");
        UUID newer = ask("0001", "register", 2);
        check(replaced, old);
        check(newer, sent(newer));
        UUID expired = ask("0001", "login", 3);
        String late = sent(expired);
        service.age(expired, "6 min");
        check(expired, late);
    }

    private void recipientsThatMisbehave() throws IOException, InterruptedException {
        String recipients =
                get(service.sandbox().baseUrl() + "/_sandbox/recipients").body();
        List<String> endings = StreamSupport.stream(
                        new JsonMapper().readTree(recipients).path("recipients").spliterator(), false)
                .map(recipient -> recipient.path("ending").asText())
                .toList();
        assertThat(endings).hasSizeGreaterThan(15);
        for (String ending : endings) {
            UUID id = ask(ending, "login", 7);
            await().atMost(PATIENCE).until(() -> {
                // a wrong key and an empty balance close it for a minute
                service.jdbc().execute("DELETE FROM gate");
                return !Set.of("QUEUED", "SENDING").contains(service.messageOf(id, "state"));
            });
        }
        await().atMost(PATIENCE)
                .until(() -> service.jdbc()
                                .queryForObject(
                                        "SELECT count(*) FROM message WHERE lane = 'sms' AND state = 'SENT'",
                                        Long.class)
                        > 5);
    }

    private static void messagesThatCannotBeMade() {
        service.jdbc().execute("""
                INSERT INTO message (account, campaign, key, lane, phone, message_type, body, state) VALUES
                ('sandbox', 'code', 'not sealed', 'code', 'AAAA', 'otp', '{"code": "%1$s", "purpose": "login", "language": "id"}', 'QUEUED'),
                ('sandbox', 'code', 'sealed by another', 'code', repeat('A', 60), 'otp', '{"code": "%1$s", "purpose": "login", "language": "id"}', 'QUEUED'),
                ('sandbox', 'code', 'no template', 'code', 'AAAA', 'otp', 'Halo', 'QUEUED'),
                ('sandbox', 'code', 'no text', 'code', 'AAAA', 'otp', '{"code": "%1$s", "purpose": "none", "language": "xx"}', 'QUEUED')""".formatted(UUID.randomUUID()));
        await().atMost(PATIENCE)
                .until(() ->
                        service.jdbc().queryForObject("SELECT count(*) FROM message WHERE state = 'WRONG'", Long.class)
                                == 4);
    }

    private void requestsThatAreRefused() {
        String phone = phone("0001", 0);
        for (String body : List.of(
                "{\"phone\": \"%s\"".formatted(phone),
                "{\"phone\": \"%s\", \"purpose\": \"%s\", \"language\": \"id\"}".formatted(phone, phone),
                "{\"phone\": \"%s\", \"purpose\": \"login\", \"language\": \"%s\"}".formatted(phone, phone),
                "{\"phone\": \"%s/%s\", \"purpose\": \"login\", \"language\": \"id\"}".formatted(phone, phone),
                "{\"phone\": \"%s\", \"%s\": \"\"}".formatted(phone, phone),
                "[\"%s\"]".formatted(phone),
                phone.repeat(1000))) {
            keep(service.post("/codes", body, "Accept-Language", phone, "X-Phone", phone));
        }
        keep(service.ask(phone, "payment"));
        keep(service.post("/codes/" + UUID.randomUUID() + "/check", Map.of("code", phone)));
        String code = codes().iterator().next();
        keep(service.post("/codes/" + UUID.randomUUID() + "/check", Map.of("code", code)));
        keep(service.post(
                "/codes/" + UUID.randomUUID() + "/check", "{\"code\": \"%s\", \"%s\"}".formatted(code, code)));
    }

    private void aDatabaseThatIsAway() {
        UUID id = ask("0001", "login", 4);
        String code = sent(id);
        UUID underWay = ask("0040", "login", 5);
        service.shutDatabase();
        try {
            keep(service.ask(phone("0001", 6), "login"));
            check(id, code);
            keep(service.show(id));
            keep(service.management("/actuator/conversion"));
            await().atMost(PATIENCE)
                    .until(() ->
                            service.management("/actuator/health/readiness").status() == 503);
            keep(service.management("/actuator/health"));
        } finally {
            service.openDatabase();
        }
        await().atMost(PATIENCE)
                .until(() -> service.management("/actuator/health/readiness").status() == 200);
        check(id, code);
        sent(underWay);
    }

    /** Asks for a code for a number that no other place of the test uses, as people write it. */
    private UUID ask(String ending, String purpose, int group) {
        Answer answer = service.ask(phone(ending, group), purpose);
        keep(answer);
        assertThat(answer.status()).isEqualTo(202);
        return answer.id();
    }

    private String phone(String ending, int group) {
        // in the groups up to 6 no number misbehaves, but the slow one
        String last = group < 5 || group == 6 ? "1" + ending.substring(1) : ending;
        String phone = "0812-79%02d-%s".formatted(group + 35, last);
        numbers.add("62" + phone.substring(1).replace("-", ""));
        return phone;
    }

    /** The code of an id, when its message has gone one way or another. */
    private static String sent(UUID id) {
        await().atMost(PATIENCE)
                .until(() -> service.jdbc()
                        .queryForList(
                                "SELECT FROM message WHERE key = ? AND state IN ('QUEUED', 'SENDING')", id.toString())
                        .isEmpty());
        return service.bean(Secret.class).code(id);
    }

    private void check(UUID id, String code) {
        keep(service.check(id, code));
        keep(service.show(id));
    }

    private void keep(Answer answer) {
        answers.add(answer.headers().map() + " " + answer.body());
    }

    /** The code of each id that there is. */
    private static Set<String> codes() {
        return service.jdbc().queryForList("SELECT id FROM code", UUID.class).stream()
                .map(service.bean(Secret.class)::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String tables() {
        return service
                .jdbc()
                .queryForList(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", String.class)
                .stream()
                .flatMap(
                        table -> service
                                .jdbc()
                                .queryForList("SELECT row_to_json(t)::text FROM %s AS t".formatted(table), String.class)
                                .stream()
                                .map(row -> table + " " + row))
                .collect(Collectors.joining("\n"));
    }

    /** Each page that can be asked for without a parameter, and each metric. The dump of the heap has everything by its nature. */
    private static String managementPort() throws IOException, InterruptedException {
        StringBuilder pages = new StringBuilder();
        var links = service.management("/actuator").body().path("_links");
        for (var link : links) {
            String url = link.path("href").asText();
            if (!link.path("templated").asBoolean() && !url.endsWith("/heapdump")) {
                pages.append(url).append(' ').append(get(url).body()).append('\n');
            }
        }
        for (var name : service.management("/actuator/metrics").body().path("names")) {
            pages.append(service.management("/actuator/metrics/" + name.asText())
                            .body())
                    .append('\n');
        }
        assertThat(pages.toString()).contains("/actuator/env ", "/actuator/configprops ", "/actuator/beans ");
        return pages.toString();
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private static String beans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder all = new StringBuilder();
        for (ObjectName name : server.queryNames(null, null)) {
            all.append(name).append('\n');
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                try {
                    Object value = server.getAttribute(name, attribute.getName());
                    all.append(attribute.getName()).append('=').append(value).append('\n');
                } catch (JMException | RuntimeMBeanException e) {
                    all.append(attribute.getName()).append('=').append(e).append('\n');
                }
            }
        }
        return all.toString();
    }
}
