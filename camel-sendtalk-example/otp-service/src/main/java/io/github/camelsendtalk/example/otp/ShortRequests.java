package io.github.camelsendtalk.example.otp;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets no request in that is longer than any of ours, or does not say how long it is: it would be read whole. */
@Component
class ShortRequests extends OncePerRequestFilter {

    private static final int MAX_BYTES = 4096;

    private final ObjectMapper json;
    private final Counts counts;

    ShortRequests(ObjectMapper json, Counts counts) {
        this.json = json;
        this.counts = counts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() <= MAX_BYTES && request.getHeader("Transfer-Encoding") == null) {
            chain.doFilter(request, response);
            return;
        }
        counts.refused(Problem.TOO_LONG);
        ProblemException refusal = new ProblemException(Problem.TOO_LONG, MAX_BYTES);
        response.setStatus(refusal.problem().status());
        String language = Problems.language(request.getHeader("Accept-Language"));
        response.setContentType(Problems.CONTENT_TYPE);
        response.setHeader("Content-Language", language);
        json.writeValue(response.getOutputStream(), Problems.body(refusal, language));
    }
}
