package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.common.JsonException;
import com.github.tomakehurst.wiremock.http.Request;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/**
 * A request that the sandbox remembers: a message that it accepted, or what it refused.
 *
 * @param refused why it was refused, null if it was accepted
 * @param note    what the caller was told instead of the truth, null if it was told the truth
 */
record Entry(
        String id,
        @Nullable String phone,
        @Nullable String messageType,
        @Nullable String body,
        @Nullable String filename,
        @Nullable String caption,
        long createdTime,
        Life life,
        @Nullable String refused,
        @Nullable String note) {

    /** How the life of a message ends. */
    enum Life {
        READ,
        ACKNOWLEDGED,
        PENDING,
        FAILED,
        FORGOTTEN
    }

    static Entry accepted(String id, Request request, long createdTime, Life life, @Nullable String note) {
        return of(id, request, createdTime, life, null, note);
    }

    static Entry refused(String id, Request request, long createdTime, String reason) {
        return of(id, request, createdTime, Life.FORGOTTEN, reason, null);
    }

    private static Entry of(
            String id, Request request, long createdTime, Life life, @Nullable String refused, @Nullable String note) {
        JsonNode fields = fieldsOf(request.getBodyAsString());
        return new Entry(
                id,
                text(fields, "phone"),
                text(fields, "messageType"),
                text(fields, "body"),
                text(fields, "filename"),
                text(fields, "caption"),
                createdTime,
                life,
                refused,
                note);
    }

    /** The fields of a JSON object; none where it isn't one. */
    static JsonNode fieldsOf(String json) {
        try {
            return Json.node(json);
        } catch (JsonException e) {
            return Json.node("{}");
        }
    }

    /** What isn't a text may still stand in a request that is refused, and is shown as JSON. */
    private static @Nullable String text(JsonNode fields, String name) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    boolean isAccepted() {
        return refused == null;
    }

    boolean mentions(String search) {
        String lowerCase = search.toLowerCase(Locale.ROOT);
        return Stream.of(phone, body, caption, filename, messageType, refused)
                .anyMatch(text -> text != null && text.toLowerCase(Locale.ROOT).contains(lowerCase));
    }

    /** The number of characters that it holds. */
    long length() {
        return Stream.of(phone, messageType, body, filename, caption, refused)
                .mapToLong(text -> text == null ? 0 : text.length())
                .sum();
    }

    /** For an accepted one, whose fields were checked. */
    SandboxMessage toMessage() {
        return new SandboxMessage(id, text(phone), text(messageType), text(body), filename, caption, createdTime);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
