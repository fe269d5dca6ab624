package io.github.camelsendtalk.example.otp;

import java.util.Locale;

/** Why a request is refused, with the HTTP status of its answer. What a person is told stands in {@code problems_*.properties}. */
enum Problem {
    INVALID_REQUEST(400),
    TOO_LONG(413),
    INVALID_PHONE(400),
    COUNTRY_NOT_ALLOWED(422),
    UNKNOWN_PURPOSE(400),
    UNKNOWN_LANGUAGE(400),
    TOO_SOON(429),
    NUMBER_LIMIT(429),
    ADDRESS_LIMIT(429),
    BUSY(503),
    BUDGET(503),
    UNKNOWN_CODE(404),
    INVALID_CODE(400),
    WRONG(422),
    EXPIRED(410),
    USED(409),
    REPLACED(410),
    BLOCKED(410),
    UNAVAILABLE(503);

    private final int status;

    Problem(int status) {
        this.status = status;
    }

    /** Whether it is what came of a guess. */
    boolean isVerdict() {
        return switch (this) {
            case WRONG, EXPIRED, USED, REPLACED, BLOCKED -> true;
            case INVALID_REQUEST,
                    TOO_LONG,
                    INVALID_PHONE,
                    COUNTRY_NOT_ALLOWED,
                    UNKNOWN_PURPOSE,
                    UNKNOWN_LANGUAGE,
                    TOO_SOON,
                    NUMBER_LIMIT,
                    ADDRESS_LIMIT,
                    BUSY,
                    BUDGET,
                    UNKNOWN_CODE,
                    INVALID_CODE,
                    UNAVAILABLE -> false;
        };
    }

    int status() {
        return status;
    }

    /** Its name in answers, in the database and in the files of sentences. */
    String type() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Problem ofType(String type) {
        return valueOf(type.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
