package io.github.camelsendtalk.example.otp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Counts the requests of this instance that the database knows nothing of. All counters are there from the start. */
@Component
class Counts {

    private static final String GUESSES = "otp.guesses";

    private final Counter right;
    private final Map<Problem, Counter> refused = new EnumMap<>(Problem.class);

    Counts(MeterRegistry meters) {
        right = meters.counter(GUESSES, "result", "right");
        for (Problem problem : Problem.values()) {
            refused.put(
                    problem,
                    problem.isVerdict()
                            ? meters.counter(GUESSES, "result", problem.type())
                            : meters.counter("otp.requests.refused", "reason", problem.type()));
        }
    }

    void right() {
        right.increment();
    }

    void refused(Problem problem) {
        refused.get(problem).increment();
    }
}
