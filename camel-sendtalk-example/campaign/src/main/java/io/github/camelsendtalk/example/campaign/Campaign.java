package io.github.camelsendtalk.example.campaign;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ExchangeException;
import org.jspecify.annotations.Nullable;

/** The rows of a campaign, and whether it goes on. */
public final class Campaign {

    private final List<Row> rows;
    private final Map<String, Row> toSend = new LinkedHashMap<>();
    private volatile @Nullable String stopped;

    Campaign(List<Row> rows) {
        this.rows = rows;
        for (Row row : rows) {
            if (row.problem() == null) {
                toSend.putIfAbsent(row.key(), row);
            }
        }
    }

    /** All rows, in the order of the file. */
    List<Row> rows() {
        return rows;
    }

    /** The rows that can be sent: not those that can't be read, and of several with the same message the first. */
    public Collection<Row> toSend() {
        return toSend.values();
    }

    /** The row before with the same message to the same number, or null. */
    @Nullable
    Row firstOf(Row row) {
        Row first = toSend.get(row.key());
        return first == row ? null : first;
    }

    /** Whether a further row may be begun. */
    public boolean goesOn() {
        return stopped == null;
    }

    /** Begins no further row. */
    public void stop(@ExchangeException Exception reason) {
        Throwable root = reason;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        stop(root.getMessage() == null ? root.toString() : root.getMessage());
    }

    synchronized void stop(String reason) {
        if (stopped == null) {
            stopped = reason;
        }
    }

    /** Why no further row is begun, or null. */
    @Nullable
    String stopReason() {
        return stopped;
    }
}
