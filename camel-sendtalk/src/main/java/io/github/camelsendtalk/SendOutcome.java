package io.github.camelsendtalk;

import io.github.camelsendtalk.client.SendTalkException;

/** How a send ended. */
enum SendOutcome {
    /** SendTalk took the message. */
    accepted,
    /** SendTalk refused the message. */
    refused,
    /** The message never left. */
    failed,
    /** The message may have been sent, or not. */
    unknown;

    static SendOutcome of(Throwable failure) {
        if (!(failure instanceof SendTalkException known)) {
            return failed;
        }
        if (known.isOutcomeUnknown()) {
            return unknown;
        }
        return known.getHttpStatus() == null ? failed : refused;
    }
}
