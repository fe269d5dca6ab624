package io.github.camelsendtalk.ledger.comparison;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps a copy of what is written to the error stream, the log among it, until it is closed. */
final class Tee implements AutoCloseable {

    private final PrintStream err = System.err;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

    Tee() {
        System.setErr(new PrintStream(copy, true, StandardCharsets.UTF_8));
    }

    String text() {
        return copy.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setErr(err);
        err.print(text());
    }
}
