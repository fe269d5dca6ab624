package io.github.camelsendtalk.outbox;

/** The row waited too long for its turn: somebody else may have it by now. It was not sent. */
final class ClaimExpiredException extends Exception {

    private static final long serialVersionUID = 1L;

    ClaimExpiredException() {
        super("The claim was too old when its turn came, so that nothing was sent.");
    }
}
