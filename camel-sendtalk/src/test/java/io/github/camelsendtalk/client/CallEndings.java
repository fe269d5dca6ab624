package io.github.camelsendtalk.client;

import static io.github.camelsendtalk.support.ScriptedServer.once;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelsendtalk.client.http.Answer;
import io.github.camelsendtalk.support.ScriptedServer.Connection;
import io.github.camelsendtalk.support.ScriptedServer.Script;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Ways for a call to end, those of hard cases 1 to 17, as scripts of a server that repeats what it was sent wherever an answer
 * has room for words.
 */
public final class CallEndings {

    /**
     * A way for a call to end.
     *
     * @param exception the simple name of what the call ends with, empty for a success
     * @param script what the server does, given what it should repeat
     */
    public record Ending(String name, String operation, String exception, Function<String, Script> script) {

        @Override
        public String toString() {
            return operation + ", " + name;
        }
    }

    /** An error that says all that was sent. */
    public static final Ending REPEATS_EVERYTHING = json(
            "error.message", "Validation", "{'status':400,'error':{'code':'40002','message':'%s','field':'phone'}}");

    /** What a client of TLS meets as well. */
    public static final Ending HANGS_UP =
            send("reset before the request is read", "Transport", echo -> Connection::reset);

    /** A proxy that wants a login, or another one. */
    public static final Ending ASKS_FOR_A_LOGIN =
            echo("a proxy's 407", "Api", "HTTP/1.1 407 %s\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n");

    private static final Script READ = Connection::read;

    private static final List<Ending> BESIDE_THE_FILES = List.of(
            // where words of the server's can stand; each is a format with one place for them
            REPEATS_EVERYTHING,
            json("error.code", "Validation", "{'status':400,'error':{'code':'%s','message':'','field':''}}"),
            json("error.field", "Validation", "{'status':400,'error':{'code':'40002','message':'','field':'%s'}}"),
            json("error.code, as a list", "Validation", "{'status':400,'error':{'code':['%s']}}"),
            json("data.reason", "Rejected", "{'status':200,'data':{'success':false,'reason':'%s'}}"),
            json("data.message", "Rejected", "{'status':200,'data':{'success':false,'message':'%s'}}"),
            json("data.message of a success", "", "{'status':200,'data':{'success':true,'message':'%s','id':'an-id'}}"),
            json("a success without an id", "Response", "{'status':200,'data':{'success':true,'message':'%s'}}"),
            json("an unknown field", "Response", "{'status':200,'%s':1}"),
            json("a truncated answer", "Response", "{'status':200,'data':{'success':true,'message':'%s"),
            echo("a page", "Response", "HTTP/1.1 200 OK\r\n\r\n<html>%s</html>"),
            echo("a page of a proxy", "Server", "HTTP/1.1 502 Bad gateway\r\n\r\n<html>%s</html>"),
            echo("a Retry-After", "RateLimit", "HTTP/1.1 429 Busy\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n"),
            echo("a redirect", "Api", "HTTP/1.1 302 F\r\nLocation: http://127.0.0.1:1/%s\r\nContent-Length: 0\r\n\r\n"),
            echo("a reason phrase", "Server", "HTTP/1.1 500 %s\r\nContent-Length: 0\r\n\r\n"),
            echo("a broken status line", "Transport", "HTTP/1.1 abc %s\r\n\r\n"),
            echo("something else than HTTP", "Transport", "%s\r\n\r\n"),
            echo("a broken header", "Response", "HTTP/1.1 200 OK\r\n%s\r\n\r\n"),
            echo("a broken length", "Transport", "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n"),
            echo("a broken coding", "Transport", "HTTP/1.1 200 OK\r\nTransfer-Encoding: %s\r\n\r\n"),
            echo("a broken chunk", "Transport", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n\r\n"),
            echo("a broken type", "Response", "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: 0\r\n\r\n"),
            // how a connection ends without an answer
            HANGS_UP,
            send("reset within the request", "Transport", echo -> connection -> {
                connection.readHead();
                connection.reset();
            }),
            send("reset after the request", "Transport", echo -> READ.then(Connection::reset)),
            send("closed without a reply", "Transport", echo -> READ),
            new Ending("closed without a reply", "status", "Transport", echo -> READ),
            new Ending("closed without a reply", "check", "Transport", echo -> READ),
            send("closed within the answer", "Transport", echo -> once(head(5_000) + echo)),
            send("a gigabyte announced", "Response", echo -> once(head(1_000_000_000) + echo)),
            send(
                    "an answer without end",
                    "Response",
                    echo -> once("HTTP/1.1 200 OK\r\n\r\n").then(connection -> {
                        while (true) {
                            connection.write(echo.repeat(1_000));
                        }
                    })),
            send("silence", "Timeout", echo -> Connection::awaitClientLeaves),
            new Ending("silence", "status", "Timeout", echo -> Connection::awaitClientLeaves),
            new Ending("silence", "check", "Timeout", echo -> Connection::awaitClientLeaves),
            send(
                    "silence within the answer",
                    "Timeout",
                    echo -> once(head(5_000) + echo).then(Connection::awaitClientLeaves)));

    private CallEndings() {}

    /** All ways, those of the answer files first. */
    public static List<Ending> endings() {
        return Stream.concat(AnswerCase.all().stream().map(CallEndings::ending), BESIDE_THE_FILES.stream())
                .toList();
    }

    /** Counts down as a request is read, and answers nothing. */
    public static Ending isHeldBack(CountDownLatch arrived) {
        return send(
                "held back",
                "",
                echo -> READ.then(connection -> {
                    arrived.countDown();
                    connection.awaitClientLeaves();
                }));
    }

    private static Ending ending(AnswerCase file) {
        return new Ending(
                file.name(),
                file.operation(),
                file.field("exception").asText().replaceAll("SendTalk|Exception", ""),
                echo -> answer(file.answer(), echo));
    }

    private static Script answer(Answer answer, String echo) {
        byte[] body = withEcho(answer.body(), echo);
        String retryAfter = answer.retryAfter() == null ? "" : "Retry-After: " + answer.retryAfter() + "\r\n";
        String head = "HTTP/1.1 %d %s\r\nX-Request: %s\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n"
                .formatted(answer.httpStatus(), echo, echo, body.length, retryAfter);
        return once(head).then(connection -> connection.write(body));
    }

    /** The answer with the server's words in its places for words, which decide nothing. */
    private static byte[] withEcho(byte[] body, String echo) {
        try {
            if (!(AnswerCase.JSON.readTree(body) instanceof ObjectNode envelope)) {
                return body;
            }
            if (envelope.size() > 1) {
                // a status alone is known by being alone
                envelope.put("phone", echo);
            }
            for (String part : List.of("error", "data")) {
                if (envelope.path(part) instanceof ObjectNode object) {
                    object.put("message", echo);
                }
            }
            return envelope.toString().getBytes(UTF_8);
        } catch (IOException e) {
            return body;
        }
    }

    private static Ending json(String place, String exception, String body) {
        return echo(place, exception, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body.replace('\'', '"'));
    }

    private static Ending echo(String place, String exception, String answer) {
        return send("all that was sent in " + place, exception, echo -> once(answer.formatted(echo)));
    }

    private static Ending send(String name, String exception, Function<String, Script> script) {
        return new Ending(name, "send", exception, script);
    }

    private static String head(int length) {
        return "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(length);
    }
}
