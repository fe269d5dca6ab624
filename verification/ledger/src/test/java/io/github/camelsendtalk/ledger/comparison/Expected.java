package io.github.camelsendtalk.ledger.comparison;

import io.github.camelsendtalk.client.SendTalkException;
import org.jspecify.annotations.Nullable;

/** What users rely on: what the exchange says of the message. */
record Expected(@Nullable Class<? extends SendTalkException> failure, boolean isOutcomeUnknown, boolean isRetryable) {

    static Expected success() {
        return new Expected(null, false, false);
    }

    static Expected notSent(Class<? extends SendTalkException> failure) {
        return new Expected(failure, false, false);
    }

    static Expected notSentTryAgain(Class<? extends SendTalkException> failure) {
        return new Expected(failure, false, true);
    }

    static Expected unknown(Class<? extends SendTalkException> failure) {
        return new Expected(failure, true, false);
    }
}
