package io.github.camelsendtalk.ledger.comparison;

import static io.github.camelsendtalk.ledger.comparison.Visit.JSON;

import io.github.camelsendtalk.client.SendTalkApiException;
import io.github.camelsendtalk.client.SendTalkRateLimitException;
import io.github.camelsendtalk.client.SendTalkResponseException;
import io.github.camelsendtalk.client.SendTalkServerException;
import io.github.camelsendtalk.client.SendTalkTimeoutException;
import io.github.camelsendtalk.client.SendTalkTransportException;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.io.IOException;
import java.time.Duration;

/** What happens to a message that is sent, and how camel-sendtalk has to end its exchange. */
enum Trouble {
    NONE(
            "None: the API takes the message",
            Expected.success(),
            (visit, trial) -> answerAll(visit, "200 OK", JSON, trial.accepted())),
    REFUSED_CONNECTION(
            "The connection is refused",
            Expected.notSentTryAgain(SendTalkTransportException.class),
            (visit, trial) -> visit.reset()),
    RESET_UNREAD(
            "The connection is reset at the first byte of the request",
            Expected.unknown(SendTalkTransportException.class),
            (visit, trial) -> {
                visit.awaitFirstByte();
                visit.reset();
            }),
    RESET_TAKEN(
            "It is reset once the request was read",
            Expected.unknown(SendTalkTransportException.class),
            (visit, trial) -> {
                visit.read();
                visit.reset();
            }),
    CLOSED_TAKEN(
            "It is closed once the request was read",
            Expected.unknown(SendTalkTransportException.class),
            (visit, trial) -> visit.read()),
    KEPT_ALIVE_CLOSED(
            "A kept connection was closed by the server, less than 2 s before the request",
            Expected.success(),
            Trial::sendAfterAnotherIsClosed,
            (visit, trial) -> {
                visit.read();
                visit.answerJson(trial.accepted());
                visit.closeInOrder(Duration.ofSeconds(1));
            }),
    KEPT_ALIVE_TAKEN(
            "A kept connection is closed once its second request was read",
            Expected.unknown(SendTalkTransportException.class),
            Trial::sendAfterAnother,
            (visit, trial) -> {
                visit.read();
                visit.answerJson(trial.accepted());
                visit.read();
            }),
    UNAVAILABLE(
            "HTTP 503",
            Expected.unknown(SendTalkServerException.class),
            answering("503 Service Unavailable", "", "unavailable")),
    UNAVAILABLE_FOR_NOW(
            "HTTP 503, `Retry-After: 2`",
            Expected.unknown(SendTalkServerException.class),
            answering("503 Service Unavailable", "Retry-After: 2\r\n", "unavailable")),
    INTERNAL_ERROR(
            "HTTP 500",
            Expected.unknown(SendTalkServerException.class),
            answering("500 Internal Server Error", "", "error")),
    TOO_MANY_REQUESTS(
            "HTTP 429",
            Expected.notSentTryAgain(SendTalkRateLimitException.class),
            answering("429 Too Many Requests", "", "slow down")),
    REFUSED(
            "HTTP 400 with the API's own error in JSON",
            Expected.notSent(SendTalkValidationException.class),
            (visit, trial) -> answerAll(visit, "400 Bad Request", JSON, trial.refused())),
    REFUSED_IN_A_SUCCESS(
            "HTTP 200 with the API's own error in JSON, a habit of SendTalk's; the other APIs answer 4xx",
            Expected.notSent(SendTalkValidationException.class),
            (visit, trial) -> answerAll(visit, "200 OK", JSON, trial.refused())),
    HTML(
            "HTTP 200 with an HTML page",
            Expected.unknown(SendTalkResponseException.class),
            answering("200 OK", "Content-Type: text/html\r\n", "<html><body>Welcome</body></html>")),
    EMPTY(
            "HTTP 200 with an empty body",
            Expected.unknown(SendTalkResponseException.class),
            answering("200 OK", "", "")),
    CUT_OFF("HTTP 200, closed within the body", Expected.unknown(SendTalkTransportException.class), (visit, trial) -> {
        visit.read();
        visit.answerHalf(trial.accepted());
    }),
    ENDLESS(
            "HTTP 200 with a body of endless length",
            Expected.unknown(SendTalkResponseException.class),
            (visit, trial) -> {
                visit.read();
                visit.pour();
            }),
    SILENT("No answer", Expected.unknown(SendTalkTimeoutException.class), Trial::sendPatiently, (visit, trial) -> {
        visit.read();
        visit.beSilent();
    }),
    DRIPPING(
            "An answer at 10 bytes a second",
            Expected.unknown(SendTalkTimeoutException.class),
            Trial::sendPatiently,
            (visit, trial) -> {
                visit.read();
                visit.drip();
            }),
    SILENT_WITH_DEADLINE(
            "No answer, and a deadline of 2 s set",
            Expected.unknown(SendTalkTimeoutException.class),
            (visit, trial) -> {
                visit.read();
                visit.beSilent();
            }),
    DRIPPING_WITH_DEADLINE(
            "An answer at 10 bytes a second, and a deadline of 2 s set",
            Expected.unknown(SendTalkTimeoutException.class),
            (visit, trial) -> {
                visit.read();
                visit.drip();
            }),
    REDIRECT("HTTP 307 to another host", Expected.notSent(SendTalkApiException.class), (visit, trial) -> {
        visit.read();
        visit.answer("307 Temporary Redirect", "Location: " + trial.elsewhere() + "\r\n", "");
    }),
    STOP(
            "The context is stopped while the call is under way",
            Expected.unknown(SendTalkTransportException.class),
            Trial::stopWhileSending,
            (visit, trial) -> {
                visit.read();
                visit.beSilent();
            });

    /** What the server does to a connection. */
    interface Script {
        void meet(Visit visit, Trial trial) throws IOException;
    }

    /** How a message comes to be sent. */
    interface Course {
        Finding run(Trial trial) throws Exception;
    }

    private final String title;
    private final Expected expected;
    private final Course course;
    private final Script script;

    Trouble(String title, Expected expected, Script script) {
        this(title, expected, Trial::send, script);
    }

    Trouble(String title, Expected expected, Course course, Script script) {
        this.title = title;
        this.expected = expected;
        this.course = course;
        this.script = script;
    }

    private static Script answering(String status, String headers, String body) {
        return (visit, trial) -> answerAll(visit, status, headers, body);
    }

    /** Answers all requests the same; the connection is kept. */
    private static void answerAll(Visit visit, String status, String headers, String body) throws IOException {
        while (true) {
            visit.read();
            visit.answer(status, headers, body);
        }
    }

    String title() {
        return title;
    }

    Expected expected() {
        return expected;
    }

    /** Whether it ends with the API's word that it took the message. */
    boolean isTaken() {
        return expected.equals(Expected.success());
    }

    boolean hasServer() {
        return this != REFUSED_CONNECTION;
    }

    /** Whether the route has the option that limits the time of an answer. */
    boolean hasDeadline() {
        return this == SILENT_WITH_DEADLINE || this == DRIPPING_WITH_DEADLINE;
    }

    /** Whether a contender's own deadline, at its default, is waited for. */
    boolean isLong() {
        return this == SILENT || this == DRIPPING;
    }

    /** Whether the time until the end is part of the story. */
    boolean isSlow() {
        return isLong() || hasDeadline() || this == UNAVAILABLE_FOR_NOW;
    }

    /** Whether the contender has what it takes. */
    boolean isFor(Contender contender) {
        return !hasDeadline() || contender.deadlineOption(Trial.DEADLINE) != null;
    }

    Finding run(Trial trial) throws Exception {
        return course.run(trial);
    }

    void meet(Visit visit, Trial trial) throws IOException {
        script.meet(visit, trial);
    }
}
