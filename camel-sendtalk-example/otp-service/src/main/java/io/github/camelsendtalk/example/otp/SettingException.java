package io.github.camelsendtalk.example.otp;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** No instance can start with a setting. Its message says which, why, and what to do. */
final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    SettingException(String message) {
        super(message);
    }

    SettingException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Has Spring Boot tell the message alone: the names of the beans that could not be made say nothing more. */
    static final class Analyzer extends AbstractFailureAnalyzer<SettingException> {

        @Override
        protected FailureAnalysis analyze(Throwable failure, SettingException cause) {
            return new FailureAnalysis(cause.getMessage(), null, cause);
        }
    }
}
