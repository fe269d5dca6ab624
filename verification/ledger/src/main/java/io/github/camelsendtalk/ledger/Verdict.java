package io.github.camelsendtalk.ledger;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import io.github.camelsendtalk.ledger.Ledger.Told;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Holds what each exchange was told against what the server received. */
final class Verdict {

    private static final int STORIES = 10;

    /** A request that is written has the whole of its bound; half of it is left to threads that are late. */
    private static final long LEAST_WAIT_MILLIS = Components.DEADLINE.toMillis() / 2;

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
    private final Set<String> connectionsLeft;

    private final IntPredicate sentAndStopped = told(Told.SENT_AND_STOPPED);
    private final IntPredicate sent = told(Told.SENT).or(sentAndStopped);
    private final IntPredicate notSent = told(Told.NOT_SENT);
    private final IntPredicate unknown = told(Told.UNKNOWN);
    private final IntPredicate stopped = told(Told.STOPPED);
    private final IntPredicate crossed = told(Told.CROSSED);
    private final IntPredicate lost = sent.and(this::isReceivedNever);
    private final IntPredicate doubled = message -> taken(message) > 1;
    private final IntPredicate notSentButReceived = notSent.and(message -> taken(message) > 0);
    private final IntPredicate waited;
    private final IntPredicate writtenLate;
    private final IntPredicate misdirected;
    private final IntPredicate cameThrough = this::cameThroughAShutWay;

    Verdict(Ledger ledger, int disturbances, Set<String> threadsLeft, Set<String> connectionsLeft) {
        this.ledger = ledger;
        this.disturbances = disturbances;
        this.threadsLeft = threadsLeft;
        this.connectionsLeft = connectionsLeft;
        this.waited = message -> !ledger.way(message).hasProxy() && ledger.waitedForAnAnswer(message);
        this.writtenLate = waited.and(message -> ledger.waitedMillis(message) < LEAST_WAIT_MILLIS);
        this.misdirected = ledger::wasMisdirected;
    }

    private IntPredicate told(Told what) {
        return message -> ledger.wasTold(message, what);
    }

    private int taken(int message) {
        return ledger.taken(message);
    }

    private boolean isReceivedOnce(int message) {
        return taken(message) == 1;
    }

    private boolean isReceivedNever(int message) {
        return taken(message) == 0;
    }

    private boolean cameThroughAShutWay(int message) {
        return ledger.way(message).isShut() && (ledger.wasSeen(message) || sent.test(message));
    }

    boolean isRight() {
        return rows().stream().noneMatch(row -> row.mustBeZero() && row.count() > 0);
    }

    void print(PrintStream out) {
        out.println(AsciiTable.getTable(AsciiTable.NO_BORDERS, List.of(Way.values()), waysTable()));
        out.println();
        out.println(AsciiTable.getTable(AsciiTable.NO_BORDERS, rows(), rowsTable()));
        IntPredicate wrong = lost.or(doubled)
                .or(notSentButReceived)
                .or(cameThrough)
                .or(crossed)
                .or(misdirected)
                .or(writtenLate)
                .or(ledger::isOpen)
                .or(ledger::endedMoreThanOnce);
        ledger.find(wrong, STORIES).forEach(message -> out.println(ledger.story(message)));
        threadsLeft.forEach(thread -> out.println("thread left over: " + thread));
        connectionsLeft.forEach(connection -> out.println("connection left over: " + connection));
        out.printf(
                "ledger: %d sends, %d ended, %d lost, %d doubled, %d told wrong, %d open, %d crossed, %d written late, %d wrong key, %d left over%n",
                ledger.sends(),
                ledger.endings(),
                ledger.count(lost),
                ledger.count(doubled),
                ledger.count(notSentButReceived.or(cameThrough).or(misdirected).or(ledger::endedMoreThanOnce)),
                ledger.count(ledger::isOpen),
                ledger.count(crossed),
                ledger.count(writtenLate),
                ledger.wrongKeys(),
                threadsLeft.size() + connectionsLeft.size());
    }

    private List<ColumnData<Way>> waysTable() {
        return List.of(
                new Column().header("way").dataAlign(HorizontalAlign.LEFT).with(Way::name),
                column("messages", message -> true),
                column("told sent", sent),
                column("not sent", notSent),
                column("unknown", unknown),
                column("stopped", stopped));
    }

    private ColumnData<Way> column(String header, IntPredicate condition) {
        return new Column()
                .header(header)
                .with(way -> "%,d".formatted(ledger.count(condition.and(message -> ledger.way(message) == way))));
    }

    private static List<ColumnData<Row>> rowsTable() {
        return List.of(
                new Column().dataAlign(HorizontalAlign.LEFT).with(Row::what),
                new Column().with(row -> "%,d".formatted(row.count())),
                new Column().dataAlign(HorizontalAlign.LEFT).with(row -> row.mustBeZero() ? "must be 0" : ""));
    }

    private List<Row> rows() {
        return List.of(
                Row.fact("messages", ledger.sends()),
                Row.fact("exchanges ended", ledger.endings()),
                Row.fact("told \"sent\", received once", ledger.count(sent.and(this::isReceivedOnce))),
                Row.fact("told \"not sent\", received never", ledger.count(notSent.and(this::isReceivedNever))),
                Row.fact("told \"unknown\", received once", ledger.count(unknown.and(this::isReceivedOnce))),
                Row.fact("told \"unknown\", received never", ledger.count(unknown.and(this::isReceivedNever))),
                Row.fact("told that Camel stops, received once", ledger.count(stopped.and(this::isReceivedOnce))),
                Row.fact("told that Camel stops, received never", ledger.count(stopped.and(this::isReceivedNever))),
                Row.fact("told the id, then that Camel stops", ledger.count(sentAndStopped)),
                Row.fact("requested more than once", ledger.count(ledger::wasRepeated)),
                Row.fact("offered again after a restart", ledger.count(ledger::wasOfferedAgain)),
                Row.fact("asked for its status, told", ledger.statuses()),
                Row.fact("asked for its status, not told", ledger.failedStatuses()),
                Row.fact("received, and the answer waited for in vain", ledger.count(waited)),
                Row.fact("the least time of such a wait, in ms", ledger.least(waited, ledger::waitedMillis)),
                Row.fact("restarts and slow spells", disturbances),
                Row.zero("still open", ledger.count(ledger::isOpen)),
                Row.zero("ended more than once", ledger.count(ledger::endedMoreThanOnce)),
                Row.zero("told \"sent\", received never", ledger.count(lost)),
                Row.zero("told \"not sent\", received", ledger.count(notSentButReceived)),
                Row.zero("came through a way that is shut", ledger.count(cameThrough)),
                Row.zero("received by the wrong one", ledger.count(misdirected)),
                Row.zero("received more than once", ledger.count(doubled)),
                Row.zero("given the answer to another one", ledger.count(crossed)),
                Row.zero("told \"unknown\", written late", ledger.count(writtenLate)),
                Row.zero("requested with the wrong key", ledger.wrongKeys()),
                Row.zero("threads left over", threadsLeft.size()),
                Row.zero("connections left over", connectionsLeft.size()));
    }
}
