package io.github.camelsendtalk.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that answers lines with lines, and ends with its input. */
final class Fork implements AutoCloseable {

    static final String CLASS_PATH = System.getProperty("java.class.path");

    private static final int SECONDS_TO_END = 10;

    private final String name;
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    Fork(Class<?> main, List<String> options, String... arguments) throws IOException {
        this(CLASS_PATH, main, options, arguments);
    }

    Fork(String classPath, Class<?> main, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        name = main.getSimpleName() + " " + String.join(" ", arguments);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @throws IOException if the process ends instead */
    String read() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(name + " has ended; its output above says why");
        }
        return line;
    }

    String ask(String order) throws IOException {
        orders.write(order);
        orders.newLine();
        orders.flush();
        return read();
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
