package io.github.camelsendtalk.ledger;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Holds what each exchange was told against what the server received. */
final class Verdict {

    private static final int STORIES = 5;

    /** A line of the table. */
    private record Row(String what, int count, boolean mustBeZero) {

        static Row fact(String what, int count) {
            return new Row(what, count, false);
        }

        static Row zero(String what, int count) {
            return new Row(what, count, true);
        }
    }

    private final Ledger ledger;
    private final int disturbances;
    private final Set<String> threadsLeft;
    private final int connectionsLeft;

    private final IntPredicate sent;
    private final IntPredicate notSent;
    private final IntPredicate unknown;
    private final IntPredicate lost;
    private final IntPredicate doubled;
    private final IntPredicate toldWrong;

    Verdict(Ledger ledger, int disturbances, Set<String> threadsLeft, int connectionsLeft) {
        this.ledger = ledger;
        this.disturbances = disturbances;
        this.threadsLeft = threadsLeft;
        this.connectionsLeft = connectionsLeft;
        sent = message -> ledger.wasTold(message, Ledger.Told.SENT);
        notSent = message -> ledger.wasTold(message, Ledger.Told.NOT_SENT);
        unknown = message -> ledger.wasTold(message, Ledger.Told.UNKNOWN);
        lost = sent.and(this::isReceivedNever);
        doubled = message -> ledger.taken(message) > 1;
        toldWrong = notSent.and(message -> ledger.taken(message) > 0);
    }

    boolean isRight() {
        return rows().stream().noneMatch(row -> row.mustBeZero() && row.count() > 0);
    }

    void print(PrintStream out) {
        out.println(AsciiTable.getTable(
                AsciiTable.NO_BORDERS,
                rows(),
                List.of(
                        new Column().dataAlign(HorizontalAlign.LEFT).with(Row::what),
                        new Column().with(row -> "%,d".formatted(row.count())),
                        new Column()
                                .dataAlign(HorizontalAlign.LEFT)
                                .with(row -> row.mustBeZero() ? "must be 0" : ""))));
        IntPredicate wrong = lost.or(doubled).or(toldWrong).or(ledger::isOpen).or(ledger::endedMoreThanOnce);
        ledger.find(wrong, STORIES).forEach(message -> out.println(ledger.story(message)));
        threadsLeft.forEach(thread -> out.println("thread left over: " + thread));
        out.printf(
                "ledger: %d sends, %d ended, %d lost, %d doubled, %d told wrong, %d open, %d crossed, %d left over%n",
                ledger.sends(),
                ledger.endings(),
                ledger.count(lost),
                ledger.count(doubled),
                ledger.count(toldWrong) + ledger.count(ledger::endedMoreThanOnce),
                ledger.count(ledger::isOpen),
                ledger.crossed(),
                threadsLeft.size() + connectionsLeft);
    }

    private List<Row> rows() {
        return List.of(
                Row.fact("messages", ledger.sends()),
                Row.fact("exchanges ended", ledger.endings()),
                Row.fact("told \"sent\", received once", ledger.count(sent.and(this::isReceivedOnce))),
                Row.fact("told \"not sent\", received never", ledger.count(notSent.and(this::isReceivedNever))),
                Row.fact("told \"unknown\", received once", ledger.count(unknown.and(this::isReceivedOnce))),
                Row.fact("told \"unknown\", received never", ledger.count(unknown.and(this::isReceivedNever))),
                Row.fact("requests repeated by the route", ledger.count(ledger::wasRepeated)),
                Row.fact("restarts and slow spells", disturbances),
                Row.zero("still open", ledger.count(ledger::isOpen)),
                Row.zero("ended more than once", ledger.count(ledger::endedMoreThanOnce)),
                Row.zero("told \"sent\", received never", ledger.count(lost)),
                Row.zero("told \"not sent\", received", ledger.count(toldWrong)),
                Row.zero("received more than once", ledger.count(doubled)),
                Row.zero("given the answer to another one", ledger.crossed()),
                Row.zero("threads left over", threadsLeft.size()),
                Row.zero("connections left over", connectionsLeft));
    }

    private boolean isReceivedOnce(int message) {
        return ledger.taken(message) == 1;
    }

    private boolean isReceivedNever(int message) {
        return ledger.taken(message) == 0;
    }
}
