package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import com.github.tomakehurst.wiremock.matching.RequestMatcherExtension;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A matcher that mappings name as their {@code customMatcher}, for what WireMock's own can't say. */
final class CustomMatcher extends RequestMatcherExtension {

    private static final Pattern LOCAL_HOST = Pattern.compile("(?i)localhost|127[.\\d]+|\\[?[0:]*:1]?");

    private final String name;
    private final BiPredicate<Request, Parameters> condition;

    private CustomMatcher(String name, BiPredicate<Request, Parameters> condition) {
        this.name = name;
        this.condition = condition;
    }

    /** The API key is another one than the one that is accepted; null accepts any. */
    static CustomMatcher wrongKey(@Nullable String apiKey) {
        return new CustomMatcher(
                "sandbox-wrong-key",
                (request, parameters) -> apiKey != null && !apiKey.equals(request.getHeader("API-Key")));
    }

    /**
     * The page is asked for under a foreign name: by DNS rebinding, a page from elsewhere in the same browser can make a
     * name of its own lead to this machine, and then read what is here. Where others may reach the sandbox anyway, any
     * name will do.
     */
    static CustomMatcher foreignName(String host) {
        boolean isLoopback = SendTalkSandbox.isLoopback(host);
        return new CustomMatcher(
                "sandbox-foreign-name",
                (request, parameters) -> isLoopback
                        && !request.getHost().equals(host)
                        && !LOCAL_HOST.matcher(request.getHost()).matches());
    }

    /** The message in question is known, and has the {@code life} that the mapping names, if it names one. */
    static CustomMatcher knownMessage(Inbox inbox) {
        return new CustomMatcher("sandbox-known-message", (request, parameters) -> {
            Entry message = inbox.askedFor(request);
            String life = parameters.getString("life", null);
            return message != null
                    && (life == null || life.equalsIgnoreCase(message.life().name()));
        });
    }

    /**
     * It is the recipient's turn to be refused: so many {@code times} as the mapping says, then not once. WireMock asks
     * once for each request for which all else matched, so the turn is taken here, where two at once can't take the same.
     */
    static CustomMatcher turnToRefuse(Inbox inbox) {
        return new CustomMatcher("sandbox-turn-to-refuse", (request, parameters) -> {
            String phone =
                    Entry.fieldsOf(request.getBodyAsString()).path("phone").asText();
            return inbox.takesTurnToRefuse(phone, parameters.getInt("times"));
        });
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public MatchResult match(Request request, Parameters parameters) {
        return MatchResult.of(condition.test(request, parameters));
    }
}
