package io.github.camelsendtalk.support;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the JVM prints, the log among it, from its making to its closing; it is not shown. */
public final class ConsoleCapture implements AutoCloseable {

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    public ConsoleCapture() {
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    /** What is printed while a task runs; it is shown afterwards. */
    public static String during(Runnable task) {
        String printed;
        try (ConsoleCapture capture = new ConsoleCapture()) {
            task.run();
            printed = capture.news();
        }
        System.out.print(printed);
        return printed;
    }

    /** What was printed since this was asked last. */
    public String news() {
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
