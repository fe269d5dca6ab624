package io.github.camelsendtalk.ledger.comparison;

import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.ledger.comparison.Call.Ending;
import io.github.camelsendtalk.ledger.comparison.TroubledServer.Request;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * What a contender did in one kind of trouble.
 *
 * @param endings each time that the exchange was ended
 * @param received how many requests with the message were read
 * @param poured how many bytes of an endless answer were written
 * @param elsewhere the requests that another host read
 */
record Finding(
        Contender contender,
        Trouble trouble,
        Letter letter,
        List<Ending> endings,
        Duration patience,
        int received,
        long poured,
        List<Request> elsewhere) {

    /** In seconds: what takes less may as well be the machine's doing. */
    private static final int WORTH_TELLING = 2;

    private static final Set<Class<?>> WRAPPERS = Set.of(RuntimeException.class, ExecutionException.class);

    /** The stack traces of all failures, as a log would show them. */
    String traces() {
        StringWriter traces = new StringWriter();
        for (Ending ending : endings) {
            if (ending.failure() != null) {
                ending.failure().printStackTrace(new PrintWriter(traces, true));
            }
        }
        return traces.toString();
    }

    boolean secretWentElsewhere() {
        return elsewhere.stream().anyMatch(request -> request.head().contains(letter.secret()));
    }

    /** A cell of the table; bold is what was told wrong or not at all, and what was received more than once. */
    String cell() {
        return told() + " +\n" + receivedHowOften() + note();
    }

    private String told() {
        return switch (endings.size()) {
            case 0 -> "*open after " + patience.toSeconds() + " s*";
            case 1 -> words(endings.get(0));
            default ->
                "*ended " + times(endings.size()) + "*: "
                        + endings.stream().map(this::words).collect(Collectors.joining(", then "));
        };
    }

    private String words(Ending ending) {
        return time(ending) + (ending.failure() == null ? success(ending) : failure(ending.failure()));
    }

    private String time(Ending ending) {
        long seconds = ending.after().plusMillis(500).toSeconds();
        return seconds < WORTH_TELLING || !trouble.isSlow() ? "" : "after " + seconds + " s ";
    }

    private String success(Ending ending) {
        if (!ending.wentOn()) {
            return "*no exception, but the route does not go on*";
        }
        return trouble.isTaken() ? "success" : "*success*";
    }

    private static String failure(Exception failure) {
        return "`" + failure.getClass().getSimpleName() + "`" + wrapped(failure) + says(failure);
    }

    /** What is inside, where the exception itself says nothing. */
    private static String wrapped(Exception failure) {
        Throwable inside = failure;
        while (inside.getCause() != null && WRAPPERS.contains(inside.getClass())) {
            inside = inside.getCause();
        }
        return inside == failure ? "" : " (`" + inside.getClass().getSimpleName() + "`)";
    }

    private static String says(Exception failure) {
        if (!(failure instanceof SendTalkException ours)) {
            return "";
        }
        if (ours.isOutcomeUnknown()) {
            return ", outcome unknown";
        }
        return ours.isRetryable() ? ", not sent, retryable" : ", not sent";
    }

    private String receivedHowOften() {
        return received > 1 ? "*received " + times(received) + "*" : "received " + times(received);
    }

    private static String times(int count) {
        return switch (count) {
            case 0 -> "never";
            case 1 -> "once";
            case 2 -> "twice";
            default -> count + " times";
        };
    }

    private String note() {
        return switch (trouble) {
            case ENDLESS -> poured < Visit.MOST ? ", left early" : ", *read all 64 MiB*";
            case REDIRECT -> redirection();
            default -> "";
        };
    }

    private String redirection() {
        if (elsewhere.isEmpty()) {
            return ", not followed";
        }
        return secretWentElsewhere() ? ", *followed with the key*" : ", *followed* without the key";
    }
}
