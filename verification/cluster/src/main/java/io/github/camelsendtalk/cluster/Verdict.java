package io.github.camelsendtalk.cluster;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import io.github.camelsendtalk.ledger.FaultyApi.Received;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Holds what each row says of its message against what the server did with it. */
public final class Verdict {

    private static final int STORIES = 10;

    private enum Wrong {
        LOST,
        DOUBLED,
        TOLD_WRONG,
        LEFT_SENDING
    }

    private final int messages;
    private final IntFunction<Received> server;
    private final List<Row> rows;
    private final boolean isOfTheEnd;
    private final Set<Long> claimed;
    private final Set<Long> parked;
    private final Map<Wrong, Map<Integer, String>> stories = new EnumMap<>(Wrong.class);
    private final Map<String, Object> figures = new LinkedHashMap<>();

    private Verdict(int messages, IntFunction<Received> server, List<Row> rows, boolean isOfTheEnd, Set<Long> claimed) {
        this.messages = messages;
        this.server = server;
        this.rows = rows;
        this.isOfTheEnd = isOfTheEnd;
        this.claimed = claimed;
        this.parked = rows.stream()
                .filter(row -> row.state().equals("PARKED"))
                .map(Row::id)
                .collect(toCollection(TreeSet::new));
        for (Wrong kind : Wrong.values()) {
            stories.put(kind, new TreeMap<>());
        }
        Map<Integer, List<Row>> byMessage = rows.stream().collect(groupingBy(Row::message));
        IntStream.range(0, messages).forEach(message -> judge(message, byMessage.getOrDefault(message, List.of())));
    }

    /** Of a campaign that went on to its end, although a worker was killed which had claimed some rows. */
    public static Verdict ofTheEnd(
            int messages, IntFunction<Received> server, List<Row> rows, Set<Long> claimedByTheKilled) {
        return new Verdict(messages, server, rows, true, claimedByTheKilled);
    }

    /** Of a campaign that was told to stop: some rows wait for its next start. */
    public static Verdict ofAStop(int messages, IntFunction<Received> server, List<Row> rows) {
        return new Verdict(messages, server, rows, false, Set.of());
    }

    private void judge(int message, List<Row> itsRows) {
        Received received = server.apply(message);
        Wrong kind = whatIsWrong(itsRows, received);
        if (kind != null) {
            List<String> told = itsRows.stream().map(Row::story).toList();
            stories.get(kind)
                    .put(message, "message %d: the table says %s; %s".formatted(message, told, received.story()));
        }
    }

    private @Nullable Wrong whatIsWrong(List<Row> itsRows, Received received) {
        if (itsRows.isEmpty()) {
            return Wrong.LOST;
        }
        if (received.times() > 1 || itsRows.size() > 1) {
            return Wrong.DOUBLED;
        }
        Row row = itsRows.get(0);
        if (!isTrue(row, received)) {
            return Wrong.TOLD_WRONG;
        }
        return switch (row.state()) {
            case "SENDING" -> Wrong.LEFT_SENDING;
            case "QUEUED" -> isOfTheEnd ? Wrong.LOST : null;
            default -> null;
        };
    }

    private static boolean isTrue(Row row, Received received) {
        boolean mayBe =
                switch (row.state()) {
                    case "SENT" -> row.messageId() != null && received.ids().contains(row.messageId());
                    case "UNKNOWN", "PARKED", "SENDING" -> true;
                    case "QUEUED", "REFUSED", "DEAD", "EXPIRED" -> received.times() == 0;
                    // no row of the file is wrong, and none is there twice
                    default -> false;
                };
        return mayBe && !received.isMisdirected() && (row.sentTime() == null || row.sentTime() == row.message());
    }

    /** Adds a line above the last one. */
    public void add(String what, Object figure) {
        figures.put(what, figure);
    }

    public boolean isRight() {
        return stories.values().stream().allMatch(Map::isEmpty) && parked.equals(claimed);
    }

    public int count(String state) {
        return (int) rows.stream().filter(row -> row.state().equals(state)).count();
    }

    private int count(Wrong kind) {
        return stories.get(kind).size();
    }

    public void print(PrintStream out) {
        out.printf("%n%-10s %10s %21s%n", "state", "rows", "taken by the server");
        rows.stream()
                .collect(groupingBy(Row::state, TreeMap::new, toList()))
                .forEach((state, of) -> out.printf(
                        "%-10s %,10d %,21d%n",
                        state,
                        of.size(),
                        of.stream()
                                .mapToInt(row -> server.apply(row.message()).times())
                                .sum()));
        out.println();
        figures.forEach((what, figure) -> out.printf("%-60s %12s%n", what, figure));
        stories.forEach(
                (kind, all) -> all.values().stream().limit(STORIES).forEach(story -> out.println(kind + ": " + story)));
        if (!parked.equals(claimed)) {
            rows.stream()
                    .filter(row -> parked.contains(row.id()) != claimed.contains(row.id()))
                    .limit(STORIES)
                    .forEach(row -> out.printf(
                            "%s by the killed one: the table says %s%n",
                            claimed.contains(row.id()) ? "Claimed" : "Not claimed", row.story()));
        }
        out.println(lastLine());
    }

    private String lastLine() {
        String wrong = "%d lost, %d doubled, %d told wrong, %d left sending, %d parked"
                .formatted(
                        count(Wrong.LOST),
                        count(Wrong.DOUBLED),
                        count(Wrong.TOLD_WRONG),
                        count(Wrong.LEFT_SENDING),
                        parked.size());
        return isOfTheEnd
                ? "cluster: %d messages, %s of %d claimed by the killed one".formatted(messages, wrong, claimed.size())
                : "stop: %d messages, %d not begun, %s".formatted(messages, count("QUEUED"), wrong);
    }
}
