package io.github.camelsendtalk.cluster;

import io.github.camelsendtalk.ledger.FaultyApi;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the table says of a message.
 *
 * @param message which message it is, by its recipient
 * @param messageId SendTalk's id
 * @param sentTime a time that a status brought, which says whose status it is
 */
public record Row(
        long id,
        int message,
        String state,
        @Nullable String messageId,
        @Nullable Long sentTime,
        String story) {

    /** All of them. */
    public static final String QUERY = """
            SELECT id, account, key, phone, state, message_id, round(extract(epoch FROM sent_at) * 1000) AS sent_time,
                concat_ws(', ', lower(state), message_id, exception, 'tried ' || tries, worker, claim, reason) AS story
            FROM message
            """;

    static Row of(ResultSet result, int number) throws SQLException {
        return ofMessage(
                result,
                Integer.parseInt(
                        result.getString("phone").substring(FaultyApi.phone(0).length() - 8)));
    }

    /** The row of a message that is known by something else than its recipient. */
    public static Row ofMessage(ResultSet result, int message) throws SQLException {
        BigDecimal sentTime = result.getBigDecimal("sent_time");
        return new Row(
                result.getLong("id"),
                message,
                result.getString("state"),
                result.getString("message_id"),
                sentTime == null ? null : sentTime.longValue(),
                result.getString("story"));
    }
}
