package io.github.camelsendtalk;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a process writes to its two streams, the log among it. */
final class Printed {

    private Printed() {}

    /** What is written while a task runs; it is written to standard output all the same. */
    static String by(Runnable task) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(copy, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            task.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        String printed = copy.toString(StandardCharsets.UTF_8);
        out.print(printed);
        return printed;
    }
}
