package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ListResourceBundle;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {

    private static final Texts TEXTS = new Texts("Toko Kita", Duration.ofMinutes(5));

    static Stream<Arguments> texts() {
        return TEXTS.purposes().stream()
                .flatMap(purpose -> Texts.LANGUAGES.stream().map(language -> Arguments.of(purpose, language)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextHasTheCodeOnceAndNothingLikeItAndIsOneSms(String purpose, String language) {
        String text = TEXTS.text(purpose, language, "123456");

        assertThat(text).containsOnlyOnce("123456").contains("Toko Kita").contains(" 5 ");
        assertThat(text.replace("123456", ""))
                .doesNotContainPattern("[0-9]{2}")
                .doesNotContain("{")
                .doesNotContain("}");
        assertThat(text.length()).isLessThanOrEqualTo(160);
        assertThat(text).as("what a phone offers to copy").startsWith("123456 ");
        // other characters would make an SMS of 70 characters of it
        assertThat(text).matches("[ -~]*");
    }

    @Test
    void thePurposesAreThoseOfTheTexts() {
        assertThat(TEXTS.purposes()).containsExactly("login", "payment", "register");
    }

    @Test
    void aTextThatStandsInOneLanguageOnlyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> texts(Map.of("login", "{code}", "gift", "{code}"), Map.of("login", "{code}")))
                .withMessage(
                        "The text 'gift' stands in texts_id.properties and not in texts_en.properties: add it there.");
    }

    @Test
    void aTextWithoutTheCodeOrWithTwoIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> texts(Map.of("login", "Kode Anda"), Map.of("login", "{code}")))
                .withMessage("The text 'login' in texts_id.properties must have {code} once: it is 'Kode Anda'.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> texts(Map.of("login", "{code}"), Map.of("login", "{code} {code}")))
                .withMessage("The text 'login' in texts_en.properties must have {code} once: it is '{code} {code}'.");
    }

    @Test
    void aTextThatIsTooLongForAnSmsIsRefused() {
        String template = "{code}" + "x".repeat(155);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> texts(Map.of("login", template), Map.of("login", "{code}")))
                .withMessage(
                        "The text 'login' in texts_id.properties has 161 characters, and an SMS takes 160: make it shorter.");
    }

    @Test
    void aTextWithOtherCharactersThanGsmsIsAnSmsOfSeventy() {
        String template = "{code}" + "x".repeat(64) + "™";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> texts(Map.of("login", template), Map.of("login", "{code}")))
                .withMessageContaining("has 71 characters, and an SMS takes 70");
    }

    private static Texts texts(Map<String, String> indonesian, Map<String, String> english) {
        Map<String, ResourceBundle> bundles = Map.of("id", bundle(indonesian), "en", bundle(english));
        return new Texts("Toko Kita", Duration.ofMinutes(5), bundles::get);
    }

    private static ResourceBundle bundle(Map<String, String> texts) {
        return new ListResourceBundle() {
            @Override
            protected Object[][] getContents() {
                return texts.entrySet().stream()
                        .map(text -> new Object[] {text.getKey(), text.getValue()})
                        .toArray(Object[][]::new);
            }
        };
    }
}
