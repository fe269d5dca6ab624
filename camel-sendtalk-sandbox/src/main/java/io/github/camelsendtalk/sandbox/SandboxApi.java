package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Answers what the inbox page and tests ask for below {@code /_sandbox/}; works for the mappings that name it. */
final class SandboxApi implements ResponseDefinitionTransformerV2 {

    private static final String DEFAULT_LIMIT = "100";
    private static final int MAX_LIMIT = 1_000;

    private final Inbox inbox;
    private final InboxView view;
    private final SandboxClock clock;
    private final RequestJournal journal;
    private final Supplier<List<Recipient>> recipients;
    private final Runnable clear;

    SandboxApi(
            Inbox inbox,
            InboxView view,
            SandboxClock clock,
            RequestJournal journal,
            Supplier<List<Recipient>> recipients,
            Runnable clear) {
        this.inbox = inbox;
        this.view = view;
        this.clock = clock;
        this.journal = journal;
        this.recipients = recipients;
        this.clear = clear;
    }

    /** Whether a path belongs to the page rather than to SendTalk. */
    static boolean isItsPath(String url) {
        return url.equals("/") || url.startsWith("/?") || url.startsWith("/_sandbox/");
    }

    @Override
    public String getName() {
        return "sandbox-api";
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        ResponseDefinitionBuilder answer = ResponseDefinitionBuilder.like(event.getResponseDefinition());
        try {
            return answer.withBody(Json.write(answerTo(event))).build();
        } catch (NotFoundException e) {
            return failed(answer, 404, e);
        } catch (IllegalArgumentException e) {
            return failed(answer, 400, e);
        }
    }

    private static ResponseDefinition failed(ResponseDefinitionBuilder answer, int status, Exception e) {
        return answer.withStatus(status)
                .withBody(Json.write(Map.of("error", e.getMessage())))
                .build();
    }

    private Object answerTo(ServeEvent event) {
        LoggedRequest request = event.getRequest();
        String question = event.getTransformerParameters().getString("question");
        return switch (question) {
            case "messages" -> view.messages(conditionIn(request), parameter(request, "before", ""), limitIn(request));
            case "message" -> details(request.getPathParameters().get("id"));
            case "conversations" -> view.conversations(conditionIn(request), limitIn(request));
            case "recipients" -> Map.of("recipients", recipients.get());
            case "clear" -> clear();
            case "clock" -> time();
            case "step" -> step(request);
            default -> throw new IllegalStateException("No answer to " + question);
        };
    }

    private static Predicate<Entry> conditionIn(LoggedRequest request) {
        QueryParameter phone = request.queryParameter("phone"); // A blank one is one as well: it was refused.
        String search = parameter(request, "search", "");
        String refused = parameter(request, "refused", "");
        return entry -> (!phone.isPresent() || phone.firstValue().equals(entry.phone()))
                && (refused.isEmpty() || Boolean.parseBoolean(refused) != entry.isAccepted())
                && (search.isEmpty() || entry.mentions(search));
    }

    private static int limitIn(LoggedRequest request) {
        String limit = parameter(request, "limit", DEFAULT_LIMIT);
        if (!limit.matches("\\d{1,4}") || Integer.parseInt(limit) > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "The parameter limit must be a number up to " + MAX_LIMIT + ", not \"" + limit + "\".");
        }
        return Integer.parseInt(limit);
    }

    private static String parameter(LoggedRequest request, String name, String defaultValue) {
        QueryParameter parameter = request.queryParameter(name);
        return parameter.isPresent() ? parameter.firstValue() : defaultValue;
    }

    private Map<String, Object> details(String id) {
        Entry entry = Optional.ofNullable(inbox.get(id))
                .orElseThrow(() -> new NotFoundException("There is no message \"" + id + "\"."));
        Map<String, Object> details = view.show(entry);
        journal.get(UUID.fromString(id))
                .map(RawExchange::of)
                .map(Json::objectToMap)
                .ifPresent(details::putAll);
        return details;
    }

    private Map<String, Object> clear() {
        clear.run();
        return Map.of();
    }

    private Time step(LoggedRequest request) {
        String step = Entry.fieldsOf(request.getBodyAsString()).path("step").asText();
        try {
            clock.step(Duration.parse(step));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "The field step must be a duration such as \"PT5S\", not \"" + step + "\".", e);
        }
        return time();
    }

    private Time time() {
        return new Time(clock.millis(), clock.isFrozen());
    }

    private record Time(long now, boolean frozen) {}

    private static final class NotFoundException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotFoundException(String message) {
            super(message);
        }
    }
}
