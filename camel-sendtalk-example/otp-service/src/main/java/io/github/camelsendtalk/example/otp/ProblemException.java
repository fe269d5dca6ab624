package io.github.camelsendtalk.example.otp;

import java.util.Map;

/** A request is refused. Its message is the type of the problem, and holds nothing of the request. */
final class ProblemException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient Object argument;
    private final transient Map<String, Object> members;

    ProblemException(Problem problem) {
        this(problem, "");
    }

    /** @param argument what the sentence names */
    ProblemException(Problem problem, Object argument) {
        this(problem, argument, Map.of());
    }

    /** @param members what the answer holds beside the sentence */
    ProblemException(Problem problem, Object argument, Map<String, Object> members) {
        super(problem.type());
        this.problem = problem;
        this.argument = argument;
        this.members = members;
    }

    Problem problem() {
        return problem;
    }

    Object argument() {
        return argument;
    }

    Map<String, Object> members() {
        return members;
    }
}
