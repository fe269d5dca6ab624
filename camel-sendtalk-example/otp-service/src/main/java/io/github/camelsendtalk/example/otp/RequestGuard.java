package io.github.camelsendtalk.example.otp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsendtalk.outbox.Worker;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers what no route is to see, and what comes before there are routes: else it would be told that there is no such code. */
@Component
class RequestGuard extends OncePerRequestFilter {

    private static final int MAX_BYTES = 4096;

    private final CamelContext camel;
    private final Worker worker;
    private final ObjectMapper json;
    private final Counts counts;

    RequestGuard(CamelContext camel, Worker worker, ObjectMapper json, Counts counts) {
        this.camel = camel;
        this.worker = worker;
        this.json = json;
        this.counts = counts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ProblemException refusal = refusal(request);
        if (refusal == null) {
            // each byte is a character: Codes reads bytes, and says what is no UTF-8
            request.setCharacterEncoding(ISO_8859_1.name());
            chain.doFilter(request, response);
            return;
        }
        counts.refused(refusal.problem());
        String language = Problems.language(request.getHeader("Accept-Language"));
        response.setStatus(refusal.problem().status());
        response.setContentType(Problems.CONTENT_TYPE);
        response.setHeader("Content-Language", language);
        json.writeValue(response.getOutputStream(), Problems.body(refusal, language));
    }

    private @Nullable ProblemException refusal(HttpServletRequest request) {
        // an instance that sends nothing takes no codes: alone, it would take them in vain
        boolean isAskedInVain =
                worker.stopReason() != null && request.getRequestURI().equals("/codes");
        if (!camel.getStatus().isStarted() || isAskedInVain) {
            return new ProblemException(Problem.UNAVAILABLE);
        }
        // a request is read whole, so it has to say that it is short
        boolean isShort = request.getContentLengthLong() <= MAX_BYTES && request.getHeader("Transfer-Encoding") == null;
        return isShort ? null : new ProblemException(Problem.TOO_LONG, MAX_BYTES);
    }
}
