package io.github.camelsendtalk.example.campaign;

import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** A campaign that stands in a database as if it had run, for its reports. */
final class ReportedCampaign implements AutoCloseable {

    static final String PHONE = "6282498765432";
    static final String TEXT = "Kode Anda 739155";

    private static final String ACCOUNT = "sendtalk (sandbox)";

    private final Database database;
    private final JdbcTemplate jdbc;

    ReportedCampaign() throws RefusalException {
        TestDatabase empty = new TestDatabase();
        database = Database.open(Settings.read(Map.of(), Map.of("db.url", empty.url(), "campaign.name", "report")));
        jdbc = empty.jdbc();
    }

    Database database() {
        return database;
    }

    /** Empties it: a campaign without rows that began four minutes ago. */
    void clear() {
        jdbc.execute("TRUNCATE message, campaign, gate");
        jdbc.update(
                "INSERT INTO campaign (account, name, reading, read_at) VALUES (?, 'report', 1, now() - interval '4 min')",
                ACCOUNT);
    }

    /** Adds rows that SendTalk has sent: one after another, to now; each was asked for its status a second later. */
    void addSent(int rows) {
        addSent(rows, "100", "IDR");
    }

    void addSent(int rows, String price, String currency) {
        jdbc.update("""
                INSERT INTO message (account, campaign, key, lane, phone, message_type, body, who, line, reading, state, ended_at,
                    message_id, status, is_sent, is_pending, price, currency, status_at)
                SELECT ?, 'report', 'sent ' || ? || i, 'campaign', ?, 'text', ?, 'Sari ' || i, 1000 + i, 1, 'SENT', at,
                    'm-' || i, 'sent', true, false, CAST(? AS numeric), ?, at + interval '1.2 s'
                FROM generate_series(1, ?) AS i, LATERAL (SELECT now() - interval '3 min' * (1 - 1.0 * i / ?) AS at) AS a
                """, ACCOUNT, currency, PHONE, TEXT, price, currency, rows, rows);
    }

    /** Adds a row of a state, with columns and values in turn. */
    void add(int line, String who, String state, String... more) {
        jdbc.update("""
                INSERT INTO message (account, campaign, key, lane, phone, message_type, body, who, line, reading, state, worker, ended_at)
                VALUES (?, 'report', ?, 'campaign', ?, 'text', ?, ?, ?, 1, ?, 'worker-1',
                    CASE WHEN ? NOT IN ('QUEUED', 'SENDING', 'WRONG', 'REPEATED') THEN now() - interval '1 min' END)
                """, ACCOUNT, "line " + line, PHONE, TEXT, who, line, state, state);
        for (int i = 0; i < more.length; i += 2) {
            jdbc.execute("UPDATE message SET %s = %s WHERE line = %d".formatted(more[i], more[i + 1], line));
        }
    }

    /** Adds a row of each outcome, from line 2 on, in the order in which the page has them. */
    void addOneOfEach() {
        add(
                2,
                "Sari",
                "SENT",
                "is_sent",
                "true",
                "is_pending",
                "false",
                "price",
                "100",
                "currency",
                "'IDR'",
                "status",
                "'sent'",
                "status_at",
                "ended_at + interval \'45 s\'",
                "message_id",
                "'m-2'");
        add(3, "Budi", "SENT", "is_sent", "false", "is_pending", "true", "follow_at", "now()", "message_id", "'m-3'");
        add(4, "Dewi", "SENDING");
        add(5, "Agus", "QUEUED");
        add(6, "Rina", "DEAD", "exception", "'SendTalkTransportException'", "reason", "'No connection.'");
        add(
                7,
                "Joko",
                "SENT",
                "is_sent",
                "false",
                "is_pending",
                "false",
                "status",
                "'failed'",
                "status_at",
                "ended_at + interval \'45 s\'");
        add(
                8,
                "Putri",
                "REFUSED",
                "exception",
                "'SendTalkInvalidRecipientException'",
                "reason",
                "'SendTalk refused it.'");
        add(9, "Hendra", "EXPIRED");
        add(
                10,
                "Maya",
                "UNKNOWN",
                "exception",
                "'SendTalkTimeoutException'",
                "reason",
                "'No answer. More for routes.'");
        add(11, "Tono", "PARKED", "reason", "'Its worker is silent.'");
        add(12, "Lestari", "WRONG", "field", "'phone'", "reason", "'The phone number is too short.'");
        add(13, "Fajar", "REPEATED", "reason", "'line 2'");
    }

    void closeGate(String lane, String reason) {
        jdbc.update(
                "INSERT INTO gate VALUES (?, ?, now() + interval '1 min', 1, 'SendTalkRateLimitException', ?)",
                ACCOUNT,
                lane,
                reason);
    }

    @Override
    public void close() {
        database.close();
    }
}
