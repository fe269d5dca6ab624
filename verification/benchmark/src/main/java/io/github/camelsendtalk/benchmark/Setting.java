package io.github.camelsendtalk.benchmark;

import java.util.Locale;

/**
 * Under which load a contender is measured.
 *
 * @param inFlight how many messages are under way at a time
 * @param answerDelayMs how long the server waits before it answers
 */
record Setting(int inFlight, int answerDelayMs) {

    /** The one that contenders are warmed up in, and that is plotted. */
    static final Setting USUAL = new Setting(32, 0);

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d in flight, answers %s",
                inFlight,
                answerDelayMs == 0 ? "at once" : "after " + answerDelayMs + " ms");
    }
}
