package io.github.camelsendtalk.example.campaign;

/** A campaign that does not begin; the message says why in one sentence for the person at the keyboard. */
final class RefusalException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusalException(String message) {
        super(message);
    }
}
