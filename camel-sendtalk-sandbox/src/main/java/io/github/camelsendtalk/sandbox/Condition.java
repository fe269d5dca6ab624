package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import com.github.tomakehurst.wiremock.matching.RequestMatcherExtension;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A condition that mappings name as their {@code customMatcher}, for what WireMock's own can't say. */
final class Condition extends RequestMatcherExtension {

    private static final Pattern LOCAL_HOST = Pattern.compile("(?i)localhost|127[.\\d]+|\\[?[0:]*:1]?");

    private final String name;
    private final BiPredicate<Request, Parameters> condition;

    private Condition(String name, BiPredicate<Request, Parameters> condition) {
        this.name = name;
        this.condition = condition;
    }

    /** The API key is another one than the one that is accepted; null accepts any. */
    static Condition wrongKey(@Nullable String apiKey) {
        return new Condition(
                "sandbox-wrong-key",
                (request, parameters) -> apiKey != null && !apiKey.equals(request.getHeader("API-Key")));
    }

    /**
     * The page is asked for under a foreign name: a page from elsewhere in the same browser can make a name of its own
     * lead to this machine, and then read what is here. Where others may reach the sandbox anyway, any name will do.
     */
    static Condition foreignName(String host) {
        boolean isLoopback = SendTalkSandbox.isLoopback(host);
        return new Condition(
                "sandbox-foreign-name",
                (request, parameters) -> isLoopback
                        && !request.getHost().equals(host)
                        && !LOCAL_HOST.matcher(request.getHost()).matches());
    }

    /** The message in question is known, and has the {@code life} that the mapping names, if it names one. */
    static Condition knownMessage(Inbox inbox) {
        return new Condition("sandbox-known-message", (request, parameters) -> {
            Entry message = inbox.askedFor(request);
            String life = parameters.getString("life", null);
            return message != null
                    && (life == null || life.equalsIgnoreCase(message.life().name()));
        });
    }

    /**
     * The recipient's number has the {@code ending} that the mapping names, and was refused fewer {@code times} in a
     * row than it says, if it says so.
     */
    static Condition recipient(Inbox inbox) {
        return new Condition("sandbox-recipient", (request, parameters) -> {
            String phone =
                    Entry.fieldsOf(request.getBodyAsString()).path("phone").asText();
            return phone.endsWith(parameters.getString("ending"))
                    && inbox.refusedInARow(phone) < parameters.getInt("times", Integer.MAX_VALUE);
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
