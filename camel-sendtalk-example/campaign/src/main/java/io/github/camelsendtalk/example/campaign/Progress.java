package io.github.camelsendtalk.example.campaign;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far the campaign is: one line that changes on a terminal, and a line every ten seconds in a file. */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 78;

    private final ProgressBar bar;

    Progress(long rows, PrintStream out) {
        boolean terminal = System.console() != null;
        // with a width of our own: measuring the terminal would take Ctrl-C away from the JVM while it lasts
        ProgressBarConsumer consumer = terminal
                ? new ConsoleProgressBarConsumer(out, WIDTH)
                : new DelegatingProgressBarConsumer(onlyNew(out), WIDTH);
        bar = new ProgressBarBuilder()
                .setTaskName("Rows")
                .setInitialMax(rows)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? 100 : 10_000)
                .showSpeed()
                .setConsumer(consumer)
                .build();
    }

    private static Consumer<String> onlyNew(PrintStream out) {
        AtomicReference<String> last = new AtomicReference<>("");
        return line -> {
            if (!line.equals(last.getAndSet(line))) {
                out.println(line.strip());
            }
        };
    }

    void show(long rows, long ended) {
        bar.maxHint(rows);
        bar.stepTo(ended);
    }

    @Override
    public void close() {
        bar.close();
    }
}
