package io.github.camelsendtalk.ledger;

import static io.github.camelsendtalk.ledger.Fault.Taken.ALWAYS;
import static io.github.camelsendtalk.ledger.Fault.Taken.NEVER;
import static io.github.camelsendtalk.ledger.Fault.Taken.PERHAPS;

import java.io.IOException;

/** What the server does to a request whose message it knows. */
enum Fault {
    ACCEPTED(700, ALWAYS, Connection::answerAccepted),
    ACCEPTED_SLOWLY(20, ALWAYS, connection -> {
        connection.waitMillis(200);
        connection.answerAccepted();
    }),
    ACCEPTED_IN_PIECES(10, ALWAYS, Connection::answerInPieces),
    ACCEPTED_AND_SAID_TO_CLOSE(20, ALWAYS, connection -> {
        connection.answer("200 OK", "Connection: close\r\n", connection.accepted());
        connection.close();
    }),
    ACCEPTED_AND_CLOSED(20, ALWAYS, connection -> {
        connection.answerAccepted();
        connection.close();
    }),
    ACCEPTED_AND_RESET(10, ALWAYS, connection -> {
        connection.answerAccepted();
        connection.reset();
    }),
    /** As servers do that tire of an idle connection; the next request must not be lost by it. */
    ACCEPTED_AND_TIMED_OUT(10, ALWAYS, connection -> {
        connection.answerAccepted();
        connection.answer("408 Request Timeout", "Connection: close\r\n", "");
        connection.close();
    }),

    INVALID_RECIPIENT(10, NEVER, connection -> connection.refuse("invalid_recipient")),
    OTHER_REASON(5, NEVER, connection -> connection.refuse("blocked")),
    INVALID(5, NEVER, connection -> connection.answerError(400, "40002")),
    NOT_FOUND(5, NEVER, connection -> connection.answer("404 Not Found", "", "")),
    FOUND_ELSEWHERE(
            5, NEVER, connection -> connection.answer("307 Temporary Redirect", "Location: /elsewhere\r\n", "")),
    TOO_MANY_REQUESTS(20, NEVER, connection -> connection.answer("429 Too Many Requests", "", "")),
    TOO_MANY_REQUESTS_FOR_NOW(
            5, NEVER, connection -> connection.answer("429 Too Many Requests", "Retry-After: 1\r\n", "")),
    TOO_MANY_REQUESTS_IN_JSON(10, NEVER, connection -> connection.answerError(429, "42900")),

    INTERNAL_ERROR(10, PERHAPS, connection -> connection.answer("500 Internal Server Error", "", "")),
    ERROR_IN_JSON(5, PERHAPS, connection -> connection.answerError(500, "50000")),
    BAD_GATEWAY(5, PERHAPS, connection -> connection.answer("502 Bad Gateway", "", "<html></html>")),
    UNAVAILABLE(10, PERHAPS, connection -> connection.answer("503 Service Unavailable", "Retry-After: 1\r\n", "")),

    HTML(5, PERHAPS, connection -> connection.answer("200 OK", "", "<html></html>")),
    NO_CONTENT(5, PERHAPS, connection -> connection.write("HTTP/1.1 204 No Content\r\n\r\n")),
    TRUNCATED(5, PERHAPS, connection -> connection.answer("200 OK", "", "{\"status\":200,\"data\":{\"succ")),
    NO_ID(5, PERHAPS, connection -> connection.answer("200 OK", "", Connection.acceptedWithId(""))),
    ENDLESS(2, PERHAPS, connection -> connection.answer("200 OK", "", "x".repeat(2 << 20))),
    NOT_HTTP(5, PERHAPS, connection -> {
        connection.write("SSH-2.0-OpenSSH_9.6\r\n");
        connection.close();
    }),
    CUT_OFF(10, PERHAPS, connection -> {
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"status\":200");
        connection.close();
    }),
    RESET_IN_THE_ANSWER(10, PERHAPS, connection -> {
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"status\":200");
        connection.reset();
    }),
    CLOSED(10, PERHAPS, Connection::close),
    RESET(10, PERHAPS, Connection::reset),
    SILENT(3, PERHAPS, Connection::awaitEnd),
    DRIPPING(2, PERHAPS, Connection::drip),
    HALF_CLOSED(3, PERHAPS, connection -> {
        connection.shutdownOutput();
        connection.awaitEnd();
    }),

    RESET_WHILE_WRITTEN(10, NEVER, Connection::reset),
    CLOSED_WHILE_WRITTEN(10, NEVER, Connection::close),
    NOT_READ_FURTHER(2, NEVER, connection -> {
        connection.waitMillis(3_000);
        connection.reset();
    });

    /** Whether the server takes the message. */
    enum Taken {
        ALWAYS,
        NEVER,
        PERHAPS
    }

    /** What it does once the request is there. */
    interface Act {
        void on(Connection connection) throws IOException;
    }

    private static final int CHANCE_OF_A_FAULT = 1;
    private static final int CHANCE_OF_A_STATUS = 6;
    private static final int ALL = weights();

    private final int weight;
    private final Taken taken;
    private final Act act;

    Fault(int weight, Taken taken, Act act) {
        this.weight = weight;
        this.taken = taken;
        this.act = act;
    }

    private static int weights() {
        int sum = 0;
        for (Fault fault : values()) {
            sum += fault.weight;
        }
        return sum;
    }

    /** The fate of an attempt to send a message. */
    static Fault of(Chance chance, int message, int attempt) {
        return of(chance.of(ALL, CHANCE_OF_A_FAULT, message * 64L + attempt));
    }

    /** The fate of an attempt to ask for its status. */
    static Fault ofStatus(Chance chance, int message, int attempt) {
        return of(chance.of(ALL, CHANCE_OF_A_STATUS, message * 64L + attempt));
    }

    private static Fault of(int drawn) {
        int left = drawn;
        for (Fault fault : values()) {
            left -= fault.weight;
            if (left < 0) {
                return fault;
            }
        }
        throw new IllegalStateException();
    }

    Taken taken() {
        return taken;
    }

    /** Whether the request is read to its end first. */
    boolean readsAll() {
        return switch (this) {
            case RESET_WHILE_WRITTEN, CLOSED_WHILE_WRITTEN, NOT_READ_FURTHER -> false;
            default -> true;
        };
    }

    void act(Connection connection) throws IOException {
        act.on(connection);
    }
}
