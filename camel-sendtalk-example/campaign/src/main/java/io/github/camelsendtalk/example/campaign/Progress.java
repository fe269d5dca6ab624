package io.github.camelsendtalk.example.campaign;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far the campaign is: one line that changes on a terminal, and a line every ten seconds in a file. */
final class Progress {

    /** Our own: measuring the terminal would take Ctrl-C away from the JVM while it lasts. */
    private static final int WIDTH = 78;

    private Progress() {}

    static ProgressBar of(long rows, PrintStream out) {
        boolean terminal = System.console() != null;
        return ProgressBar.builder()
                .setTaskName("Rows")
                .setInitialMax(rows)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? 100 : 10_000)
                .showSpeed()
                .setConsumer(terminal ? new ConsoleProgressBarConsumer(out, WIDTH) : onlyNew(out))
                .build();
    }

    private static ProgressBarConsumer onlyNew(PrintStream out) {
        AtomicReference<String> last = new AtomicReference<>("");
        Consumer<String> print = line -> {
            if (!line.equals(last.getAndSet(line))) {
                out.println(line.strip());
            }
        };
        return new DelegatingProgressBarConsumer(print, WIDTH);
    }
}
