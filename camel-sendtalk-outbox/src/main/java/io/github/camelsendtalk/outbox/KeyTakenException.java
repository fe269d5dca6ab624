package io.github.camelsendtalk.outbox;

/** A source has brought another message under a key that it has used: the first one stands. */
public final class KeyTakenException extends Exception {

    private static final long serialVersionUID = 1L;

    public KeyTakenException(String message) {
        super(message);
    }
}
