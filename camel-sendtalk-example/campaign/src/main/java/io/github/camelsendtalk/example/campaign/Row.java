package io.github.camelsendtalk.example.campaign;

import java.util.Map;
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

    static Row wrong(int line, String who, String problem) {
        return new Row(line, who, null, Map.of(), problem);
    }

    /** Without the name, the text and the number; a row's own key may be a number, too. */
    @Override
    public String toString() {
        return "Row[line=%d, problem=%s]".formatted(line, problem);
    }
}
