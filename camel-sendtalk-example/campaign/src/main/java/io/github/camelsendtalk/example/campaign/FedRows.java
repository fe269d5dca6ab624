package io.github.camelsendtalk.example.campaign;

import io.github.camelsendtalk.client.PhoneNumbers;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a file as {@code read.sql} writes them down: with the number in the one form that is sent, or why there is none. */
record FedRows(Iterator<Row> rows, String region) implements Iterator<Map<String, @Nullable Object>> {

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Map<String, @Nullable Object> next() {
        Row row = rows.next();
        Map<String, @Nullable Object> fed = new HashMap<>(row.fields());
        fed.put("line", row.line());
        fed.put("who", row.who());
        fed.put("id", row.id());
        fed.put("problem", row.problem() == null ? null : "Line %d: %s.".formatted(row.line(), row.problem()));
        if (row.problem() == null) {
            readNumber(fed);
        }
        return fed;
    }

    private void readNumber(Map<String, @Nullable Object> fed) {
        try {
            fed.put("phone", PhoneNumbers.read((String) fed.remove("phone"), region));
        } catch (SendTalkValidationException e) {
            fed.put("exception", e.getClass().getSimpleName());
            fed.put("field", e.getField());
            fed.put("problem", e.getMessage());
        }
    }
}
