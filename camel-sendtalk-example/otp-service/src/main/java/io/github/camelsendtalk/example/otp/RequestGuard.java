package io.github.camelsendtalk.example.otp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsendtalk.outbox.Worker;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.springboot.PlatformHttpMessage;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers what no route is to see, and what comes before there are routes: else it would be told that there is no such code. The
 * server's threads read requests here, so that none that serves them waits for who sends slowly.
 */
@Component("requestGuard")
class RequestGuard extends OncePerRequestFilter {

    private static final int MAX_BYTES = 4096;
    private static final String CAME_AT = RequestGuard.class.getName() + ".cameAt";

    private final CamelContext camel;
    private final Worker worker;
    private final ObjectMapper json;
    private final Counts counts;
    private final Duration patience;

    RequestGuard(CamelContext camel, Worker worker, ObjectMapper json, Counts counts, Settings settings) {
        this.camel = camel;
        this.worker = worker;
        this.json = json;
        this.counts = counts;
        this.patience = settings.patience();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpServletRequest read;
        try {
            refuseInVain(request);
            refuseLong(request);
            read = new ReadRequest(request);
        } catch (ProblemException refusal) {
            answer(refusal, Problems.language(request.getHeader("Accept-Language")), response);
            return;
        } catch (IOException e) {
            // it ended too early, or nothing came for too long: the server has said so
            return;
        }
        read.setAttribute(CAME_AT, System.nanoTime());
        chain.doFilter(read, response);
    }

    private void answer(ProblemException refusal, String language, HttpServletResponse response) throws IOException {
        counts.refused(refusal.problem());
        response.setStatus(refusal.problem().status());
        response.setContentType(Problems.CONTENT_TYPE);
        response.setHeader("Content-Language", language);
        json.writeValue(response.getOutputStream(), Problems.body(refusal, language));
    }

    /** An instance that sends nothing takes no codes: alone, it would take them in vain. */
    private void refuseInVain(HttpServletRequest request) throws ProblemException {
        boolean isAskedInVain =
                worker.stopReason() != null && request.getRequestURI().equals("/codes");
        if (!camel.getStatus().isStarted() || isAskedInVain) {
            throw new ProblemException(Problem.UNAVAILABLE);
        }
    }

    /** A request is read whole, so it has to say that it is short. */
    private static void refuseLong(HttpServletRequest request) throws ProblemException {
        if (request.getContentLengthLong() > MAX_BYTES || request.getHeader("Transfer-Encoding") != null) {
            throw new ProblemException(Problem.TOO_LONG, MAX_BYTES);
        }
    }

    /** Refuses what has waited so long for its turn that nobody may wait for the answer any more. */
    void refuseLate(Message message) throws ProblemException {
        long cameAt = (long) ((PlatformHttpMessage) message).getRequest().getAttribute(CAME_AT);
        if (System.nanoTime() - cameAt > patience.toNanos()) {
            throw new ProblemException(Problem.UNAVAILABLE);
        }
    }

    /** A request whose body is here: as text, in which each byte is a character. {@link Codes} says what is no UTF-8. */
    private static final class ReadRequest extends HttpServletRequestWrapper {

        private final String body;

        ReadRequest(HttpServletRequest request) throws IOException {
            super(request);
            this.body = new String(request.getInputStream().readNBytes(MAX_BYTES), ISO_8859_1);
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new StringReader(body));
        }
    }
}
