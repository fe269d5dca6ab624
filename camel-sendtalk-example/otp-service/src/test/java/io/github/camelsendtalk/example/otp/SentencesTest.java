package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told of each problem, in both languages. */
class SentencesTest {

    @ParameterizedTest
    @ValueSource(strings = {"id", "en"})
    void eachProblemHasATitleAndADetailAndNoSentenceIsLeftOver(String language) {
        assertThat(sentences(language).keySet())
                .containsExactlyInAnyOrder(Stream.of(Problem.values())
                        .flatMap(problem -> Stream.of(problem.type() + ".title", problem.type() + ".detail"))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void bothLanguagesNameTheSame(Problem problem) {
        for (String part : new String[] {".title", ".detail"}) {
            String key = problem.type() + part;
            assertThat(sentences("id").getString(key).contains("{0}"))
                    .as("whether %s has {0}", key)
                    .isEqualTo(sentences("en").getString(key).contains("{0}"));
            assertThat(sentences("id").getString(key))
                    .isNotEqualTo(sentences("en").getString(key));
        }
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void noMarkOfTheFileIsLeftInASentence(Problem problem) {
        for (String language : Texts.LANGUAGES) {
            Map<String, Object> body = Problems.body(new ProblemException(problem, "42"), language);
            assertThat(body.get("title") + " " + body.get("detail")).doesNotContain("{", "}", "''");
        }
    }

    @Test
    void figuresAreWrittenAsTheLanguageDoesWhateverThisMachinesIs() {
        Locale machines = Locale.getDefault();
        try {
            for (Locale other :
                    new Locale[] {Locale.ENGLISH, new Locale("id"), Locale.forLanguageTag("ar-EG-u-nu-arab")}) {
                Locale.setDefault(other);
                ProblemException tooLong = new ProblemException(Problem.TOO_LONG, 4096);
                assertThat(Problems.body(tooLong, "id").get("detail").toString())
                        .contains("4.096");
                assertThat(Problems.body(tooLong, "en").get("detail").toString())
                        .contains("4,096");
            }
        } finally {
            Locale.setDefault(machines);
        }
    }

    private static ResourceBundle sentences(String language) {
        ResourceBundle sentences = ResourceBundle.getBundle("problems", new Locale(language));
        assertThat(sentences.getLocale()).hasToString(language);
        assertThat(new MessageFormat(sentences.getString("busy.detail")).getFormats())
                .hasSize(1);
        return sentences;
    }
}
