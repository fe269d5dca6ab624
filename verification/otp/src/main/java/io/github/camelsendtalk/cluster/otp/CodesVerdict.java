package io.github.camelsendtalk.cluster.otp;

import io.github.camelsendtalk.cluster.Row;
import io.github.camelsendtalk.cluster.Verdict;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what clients were told of their codes against what SendTalk and the second channel received. */
final class CodesVerdict {

    private static final int STORIES = 10;

    private enum Wrong {
        /** A client got no id; or nothing came and the service does not say that this may be; or something came, and it denies it. */
        LOST,
        /** A number got two messages, by whatever channel. */
        DOUBLED,
        /** A text with another code than that of the id, or for another number. */
        WRONG_CODE
    }

    private final List<Code> codes;
    private final Verdict whatsApp;
    private final int untold;
    private final Set<Long> parked;
    private final Set<Long> claimed;
    private final Map<Wrong, Map<Integer, String>> stories = new EnumMap<>(Wrong.class);

    /**
     * Of all that is known at the end.
     *
     * @param whatsApp of the rows that went to SendTalk
     * @param second the rows of the second channel
     * @param rowsOfCodes how many codes are in the table
     * @param claimed the rows of the second channel that the killed one had claimed
     */
    CodesVerdict(List<Code> codes, Verdict whatsApp, List<Row> second, long rowsOfCodes, Set<Long> claimed) {
        this.codes = codes;
        this.whatsApp = whatsApp;
        this.claimed = claimed;
        this.untold = (int) (rowsOfCodes
                - codes.stream()
                        .map(Code::id)
                        .filter(id -> id != null)
                        .distinct()
                        .count());
        this.parked = second.stream()
                .filter(row -> row.state().equals("PARKED"))
                .map(Row::id)
                .collect(Collectors.toCollection(TreeSet::new));
        for (Wrong kind : Wrong.values()) {
            stories.put(kind, new TreeMap<>());
        }
        for (Code code : codes) {
            Wrong kind = whatIsWrong(code);
            if (kind != null) {
                stories.get(kind).put(code.number(), code.story());
            }
        }
    }

    private static @Nullable Wrong whatIsWrong(Code code) {
        if (code.received() > 1) {
            return Wrong.DOUBLED;
        }
        if (!code.isRight()) {
            return Wrong.WRONG_CODE;
        }
        if (code.id() == null || code.delivery() == null) {
            return Wrong.LOST;
        }
        boolean mayBe =
                code.delivery().equals(Code.UNKNOWN) || code.received() == 1 && Code.SENT.contains(code.delivery());
        return mayBe ? null : Wrong.LOST;
    }

    /** Adds a line above the last one. */
    void add(String what, Object figure) {
        whatsApp.add(what, figure);
    }

    boolean isRight() {
        return whatsApp.isRight()
                && untold == 0
                && parked.equals(claimed)
                && stories.values().stream().allMatch(Map::isEmpty);
    }

    void print(PrintStream out) {
        whatsApp.print(out);
        stories.forEach(
                (kind, all) -> all.values().stream().limit(STORIES).forEach(story -> out.println(kind + ": " + story)));
        out.printf(
                "codes: %d asked for, %d by WhatsApp, %d by the second channel, %d nobody knows; %d lost, %d doubled,"
                        + " %d with a wrong code, %d in the table that nobody was told of, %d parked of the second channel, of %d claimed%n",
                codes.size(),
                codes.stream().filter(code -> code.taken() > 0).count(),
                codes.stream().filter(code -> code.texted() > 0).count(),
                codes.stream()
                        .filter(code -> code.received() == 0 && Code.UNKNOWN.equals(code.delivery()))
                        .count(),
                count(Wrong.LOST),
                count(Wrong.DOUBLED),
                count(Wrong.WRONG_CODE),
                untold,
                parked.size(),
                claimed.size());
    }

    private int count(Wrong kind) {
        return stories.get(kind).size();
    }
}
