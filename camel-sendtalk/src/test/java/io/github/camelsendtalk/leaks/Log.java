package io.github.camelsendtalk.leaks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the JVM prints, the log among it, from its making to its closing; it is searched instead of shown. */
final class Log implements AutoCloseable {

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    Log() {
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    /** What was printed since this was asked last. */
    String news() {
        synchronized (printed) {
            String news = printed.toString(StandardCharsets.UTF_8);
            printed.reset();
            return news;
        }
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }
}
