package io.github.camelsendtalk.example.campaign;

import io.github.camelsendtalk.client.PhoneNumbers;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.language.simple.Simple;
import org.apache.camel.support.GroupIterator;
import org.jspecify.annotations.Nullable;

/** The rows of a file as {@code read.sql} writes them down: with the number in the one form that is sent, or why there is none. */
public record FedRows(RowReader rows, String region) implements Iterator<Map<String, @Nullable Object>>, Closeable {

    /** @throws RefusalException as {@link RowReader#file} */
    public static FedRows of(
            @Body File file, @Simple("${properties:camel.component.sendtalk.phone-region}") String region)
            throws RefusalException {
        return new FedRows(RowReader.file(file.toPath()), region);
    }

    /** The rows in lists of some hundred. */
    public GroupIterator batches() {
        return new GroupIterator(this, 500);
    }

    /** What a person should look at in the lines read so far. */
    public List<String> remarks() {
        return rows.remarks();
    }

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

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
