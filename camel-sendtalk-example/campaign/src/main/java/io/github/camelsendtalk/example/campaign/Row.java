package io.github.camelsendtalk.example.campaign;

import io.github.camelsendtalk.client.PhoneNumbers;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;

/**
 * A row of a campaign's file.
 *
 * @param line the line of the file on which the row begins, from 1
 * @param who who gets the message; blank if the file doesn't say it, or the row can't be read
 * @param id the row's own key in the business that the file comes from, or null
 * @param fields the message with the API's field names; blank ones are left out, but there is always a {@code phone}
 * @param problem why the row can't be read, or null; then there are no fields
 */
public record Row(
        int line,
        String who,
        @Nullable String id,
        Map<String, String> fields,
        @Nullable String problem) {

    /** The rows as SQL takes them: with the number in the one form that is sent, or why there is none. */
    public static List<Map<String, @Nullable Object>> fed(
            @Body List<Row> rows, @Simple("${properties:camel.component.sendtalk.phone-region}") String region) {
        return rows.stream().map(row -> row.fed(region)).toList();
    }

    Map<String, @Nullable Object> fed(String region) {
        Map<String, @Nullable Object> fed = new HashMap<>(fields);
        fed.put("line", line);
        fed.put("who", who);
        fed.put("id", id);
        fed.put("problem", problem == null ? null : "Line %d: %s.".formatted(line, problem));
        try {
            if (problem == null) {
                fed.put("phone", PhoneNumbers.read(fields.get("phone"), region));
            }
        } catch (SendTalkValidationException e) {
            fed.remove("phone");
            fed.put("exception", e.getClass().getSimpleName());
            fed.put("field", e.getField());
            fed.put("problem", e.getMessage());
        }
        return fed;
    }

    /** Without the name, the text and the number; a row's own key may be a number, too. */
    @Override
    public String toString() {
        return "Row[line=%d, problem=%s]".formatted(line, problem);
    }
}
