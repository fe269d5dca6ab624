package io.github.camelsendtalk.example.otp;

import java.text.MessageFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.ResourceBundle;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes answers of what is refused: problem details as RFC 9457 has them, with sentences in the language that was asked for. */
@Component("problems")
class Problems {

    static final String CONTENT_TYPE = "application/problem+json";
    private static final String RETRY_AFTER = "retryAfter";

    private final Counts counts;

    Problems(Counts counts) {
        this.counts = counts;
    }

    /** Makes the message an answer. */
    void answer(
            Message message,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause,
            @Variable("language") @Nullable String acceptLanguage) {
        ProblemException refusal =
                cause instanceof ProblemException said ? said : new ProblemException(Problem.UNAVAILABLE);
        Problem problem = refusal.problem();
        counts.refused(problem);
        String language = language(acceptLanguage);
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
        message.setHeader("Content-Language", language);
        if (refusal.members().containsKey(RETRY_AFTER)) {
            message.setHeader("Retry-After", refusal.members().get(RETRY_AFTER));
        }
        message.setBody(body(refusal, language));
    }

    /** The problem details. */
    static Map<String, Object> body(ProblemException refusal, String language) {
        ResourceBundle sentences = ResourceBundle.getBundle("problems", new Locale(language));
        String type = refusal.problem().type();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:otp:" + type);
        body.put("title", sentence(sentences, type + ".title", refusal.argument()));
        body.put("status", refusal.problem().status());
        body.put("detail", sentence(sentences, type + ".detail", refusal.argument()));
        body.putAll(refusal.members());
        return body;
    }

    /** Figures are written as the language does, not as this machine's does. */
    private static String sentence(ResourceBundle sentences, String key, Object argument) {
        return new MessageFormat(sentences.getString(key), sentences.getLocale()).format(new Object[] {argument});
    }

    /** Indonesian, unless English is preferred. */
    static String language(@Nullable String acceptLanguage) {
        String language = null;
        try {
            language = Locale.lookupTag(
                    LanguageRange.parse(acceptLanguage == null ? "id" : acceptLanguage), Texts.LANGUAGES);
        } catch (IllegalArgumentException e) {
            // no such header
        }
        return language == null ? Texts.LANGUAGES.get(0) : language;
    }

    /** How long to wait, in seconds, where it is known. */
    static Map<String, Object> retryAfter(@Nullable Object seconds) {
        return seconds == null ? Map.of() : Map.of(RETRY_AFTER, seconds);
    }
}
