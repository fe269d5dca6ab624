package io.github.camelsendtalk.example.otp;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The texts of codes, from {@code texts_id.properties} and {@code texts_en.properties}: one for each purpose and language. */
class Texts {

    static final List<String> LANGUAGES = List.of("id", "en");

    private static final String CODE = "{code}";
    /** Of an SMS whose characters all are in GSM's alphabet, and of any other. */
    private static final int MAX_LENGTH = 160;

    private static final int MAX_LENGTH_OF_OTHERS = 70;
    private static final Pattern PLAIN = Pattern.compile("[ -~&&[^`]]*");

    private final Map<String, ResourceBundle> templates;
    private final Set<String> purposes;
    private final String app;
    private final long minutes;

    /** @throws SettingException if a text is missing, too long for an SMS, or has not the code once */
    Texts(String app, Duration validity) {
        this(app, validity, language -> ResourceBundle.getBundle("texts", new Locale(language)));
    }

    Texts(String app, Duration validity, Function<String, ResourceBundle> bundles) {
        this.app = app;
        this.minutes = validity.toMinutes();
        this.templates = LANGUAGES.stream().collect(Collectors.toMap(Function.identity(), bundles));
        this.purposes = new TreeSet<>(templates.get(LANGUAGES.get(0)).keySet());
        LANGUAGES.forEach(language -> templates.get(language).keySet().forEach(purpose -> check(purpose, language)));
    }

    private void check(String purpose, String language) {
        for (String other : LANGUAGES) {
            if (!templates.get(other).containsKey(purpose)) {
                throw new SettingException(
                        "The text '%s' stands in texts_%s.properties and not in texts_%s.properties: add it there."
                                .formatted(purpose, language, other));
            }
        }
        String template = templates.get(language).getString(purpose);
        if (template.split("\\Q" + CODE + "\\E", -1).length != 2) {
            throw new SettingException("The text '%s' in texts_%s.properties must have %s once: it is '%s'."
                    .formatted(purpose, language, CODE, template));
        }
        String text = text(purpose, language, "000000");
        int max = PLAIN.matcher(text).matches() ? MAX_LENGTH : MAX_LENGTH_OF_OTHERS;
        if (text.length() > max) {
            throw new SettingException(
                    "The text '%s' in texts_%s.properties has %d characters, and an SMS takes %d: make it shorter."
                            .formatted(purpose, language, text.length(), max));
        }
    }

    Set<String> purposes() {
        return purposes;
    }

    String text(String purpose, String language, String code) {
        return templates
                .get(language)
                .getString(purpose)
                .replace("{app}", app)
                .replace("{minutes}", String.valueOf(minutes))
                .replace(CODE, code);
    }
}
