package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkException;
import java.util.concurrent.atomic.LongAdder;

/** How many sends ended how, since the component was made. */
final class SendCounts {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder unknown = new LongAdder();

    void countAccepted() {
        accepted.increment();
    }

    void countFailure(Throwable failure) {
        if (!(failure instanceof SendTalkException known)) {
            failed.increment();
        } else if (known.isOutcomeUnknown()) {
            unknown.increment();
        } else if (known.getHttpStatus() != null) {
            refused.increment();
        } else {
            failed.increment();
        }
    }

    long accepted() {
        return accepted.sum();
    }

    long refused() {
        return refused.sum();
    }

    long failed() {
        return failed.sum();
    }

    long unknown() {
        return unknown.sum();
    }
}
