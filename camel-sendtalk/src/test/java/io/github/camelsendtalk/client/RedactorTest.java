package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.support.Property;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of the API's words when they quote what was sent. */
@DisplayName("R32: the API's words without what was sent")
class RedactorTest {

    private static final String KEY = "key-5e0fd0a1c7b94d2e";
    private static final String PHONE = "6281212345678";
    private static final List<String> CODES = List.of(
            "X7K9P2", "x7k9p2", "482913", "KXQPWZ", "kxqpwz", "KxQpWz", "X7K-9P2", "482 913", "AB12", "Ü7Ж9Δ2",
            "４８２９１３");
    private static final List<String> TEXTS = List.of(
            "Your code is %s",
            "Your code is %s. Do not share it.",
            "%s is your code, valid for 5 minutes",
            "Kode rahasia Anda:\n%s\nJangan diberikan",
            "<b>%s</b> \"quoted\"");
    private static final List<String> API = List.of(
            "not allowed: %s",
            "Value '%s' is not supported",
            "Text \"%s\" is too long: at most 4096 characters",
            "The body (%s) contains forbidden words",
            "%s");

    private record Form(String name, UnaryOperator<String> of) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Form> FORMS = List.of(
            new Form("as it is", code -> code),
            new Form("in capitals", code -> code.toUpperCase(Locale.ROOT)),
            new Form("in small letters", code -> code.toLowerCase(Locale.ROOT)),
            new Form("split by a blank", code -> split(code, " ")),
            new Form("split by a dash", code -> split(code, "-")),
            new Form("split by a long dash", code -> split(code, " \u2013 ")),
            new Form("letter by letter", code -> String.join(" ", code.split(""))),
            new Form("with invisible characters", code -> String.join("\u200b", code.split(""))),
            new Form("in HTML", code -> "&quot;" + code + "&quot;"),
            new Form("in numbered HTML", code -> "&#34;" + code + "&#x22;"),
            new Form("in tags", code -> "<b>" + code + "</b>"),
            new Form("in JSON", code -> "\\\"" + code + "\\\""),
            new Form("behind an escaped line break", code -> "\\n" + code + "\\n"),
            new Form("between escapes of four digits", code -> "\\u0022" + code + "\\u0022"),
            new Form("in a URL", code -> "%22" + code + "%22"),
            new Form("with its first letters cut", code -> "…" + code.substring(code.length() / 2)),
            new Form("with its last letters cut", code -> code.substring(0, code.length() / 2) + "…"),
            new Form("cut by three dots", code -> code.substring(0, code.length() / 2) + "..."),
            new Form("cut by stars", code -> code.substring(0, code.length() / 2) + "***"),
            new Form("twice", code -> code + code));

    static Stream<Form> forms() {
        return FORMS.stream();
    }

    private static String split(String code, String by) {
        int middle = code.length() / 2;
        return code.substring(0, middle) + by + code.substring(middle);
    }

    @ParameterizedTest(name = "R32: a code quoted {0} stands nowhere")
    @MethodSource("forms")
    void aCodeStandsNowhere(Form form) {
        for (String code : CODES) {
            for (String text : TEXTS) {
                for (String words : API) {
                    String said = words.formatted(form.of.apply(code));

                    assertHides(code, redact(said, text.formatted(code)), said);
                }
            }
        }
    }

    @ParameterizedTest(name = "R32: the begin of a text, quoted {0}, stands nowhere")
    @MethodSource("forms")
    void thePartOfATextAroundACodeStandsNowhere(Form form) {
        for (String code : CODES) {
            for (String text : TEXTS) {
                String sent = text.formatted(code);
                String quoted = text.substring(0, text.indexOf("%s")) + form.of.apply(code);
                for (String words : API) {
                    String said = words.formatted(quoted);

                    assertHides(code, redact(said, sent), said);
                }
            }
        }
    }

    /** No two characters of a code that follow each other, but where a word of the API's own has them. */
    private static void assertHides(String code, String left, String said) {
        String rest = left.replaceAll(
                "(?i)\\b(not|allowed|value|is|supported|text|too|long|at|most|characters|the|body|contains|forbidden|words|quot|b|x?\\d\\d|u0022|4096|for)\\b",
                "|");
        String plainCode = comparable(code);
        String plainRest = comparable(rest);
        for (int i = 0; i + 3 <= plainCode.length(); i++) {
            assertThat(plainRest)
                    .as("what is left of <%s>: <%s>", said, left)
                    .doesNotContain(plainCode.substring(i, i + 3));
        }
        assertThat(plainRest).as("what is left of <%s>: <%s>", said, left).doesNotContain(plainCode.substring(0, 2));
    }

    private static String comparable(String text) {
        StringBuilder plain = new StringBuilder();
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    @ParameterizedTest(name = "R32: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "not allowed: X7K9P2 | not allowed: ***",
                "Text 'Your code is X7…' is too long | Text '***…' is too long",
                "Text 'Your code is …' is too long | Text '*** …' is too long",
                "body: Your code is X7K9P2. Do not share it. | body: ***.",
                "The number 6281212345678 is not on WhatsApp | The number *** is not on WhatsApp",
                "The number ending in ...5678 is not on WhatsApp | The number ending in ...*** is not on WhatsApp"
            })
    void whatIsQuotedGoesAndTheSentenceStays(String words, String left) {
        assertThat(redact(words, "Your code is X7K9P2. Do not share it.")).isEqualTo(left);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Phone is required",
                "The phone number is not on WhatsApp",
                "The message can't be sent: the queue is full",
                "Field 'phone' is invalid",
                "Your balance is not enough",
                "Body is too long: at most 4096 characters",
                "Too many requests, try again in 5 seconds",
                "API-Key is not found",
                "Template is not approved (code 132001)",
                "The message has been added to another queue"
            })
    void whatTheApiSaysOfItselfStays(String words) {
        assertThat(redact(words, "The phone number in your message is not valid. Your code is X7K9P2."))
                .isEqualTo(words);
    }

    @Test
    void theApisUsualWordsStayEvenWhereTheMessageSaysTheSame() {
        String words = "The message has been added to queue";

        assertThat(redact(words, words)).isEqualTo(words);
    }

    @Test
    void aTextOfOrdinaryWordsIsStillAQuotation() {
        assertThat(redact(
                        "Not allowed: the number is not on the list of senders",
                        "Hi! The number is not on the list of ..."))
                .isEqualTo("Not allowed: *** senders");
    }

    @Test
    void anyCodeInAnyFormStandsNowhere() {
        Property.holds("any quoted code", 20_000, random -> {
            String code = code(random);
            String text = oneOf(TEXTS, random).formatted(code);
            String said = oneOf(API, random).formatted(oneOf(FORMS, random).of.apply(code));

            assertHides(code, redact(said, text), said);
        });
    }

    private static String code(Random random) {
        String letters = oneOf(List.of("JQVXZ", "jqvxz", "0123456789", "JQVXZ0123456789", "jqVXz01289"), random);
        return IntStream.range(0, 4 + random.nextInt(8))
                .mapToObj(i -> String.valueOf(letters.charAt(random.nextInt(letters.length()))))
                .reduce("", String::concat);
    }

    private static <T> T oneOf(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    @ParameterizedTest(name = "a million times ''{0}'', of which a part is quoted")
    @ValueSource(strings = {"x", "7", "X7 ", "ab1 ", "'x7'", "Your code is X7K9P2. ", "\\u0022"})
    @Timeout(5)
    void theLongestTextIsSearchedAtOnce(String part) {
        String text = part.repeat(SendTalkMessage.MAX_BODY_LENGTH / part.length());

        assertThat(redact(text, text)).hasSizeLessThan(310);
        assertThat(redact("q1 'z2' ".repeat(100_000), text)).hasSizeLessThan(310);
    }

    private static String redact(String words, String text) {
        return new Redactor(List.of(KEY, PHONE, text)).redact(words);
    }
}
