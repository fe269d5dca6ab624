package io.github.camelsendtalk.ledger.comparison;

import io.github.camelsendtalk.ledger.comparison.Contender.Target;
import io.github.camelsendtalk.ledger.comparison.TroubledServer.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * What became of messages that were sent at once, in threads of their own, and answered when all had arrived.
 *
 * @param alone how many messages were received once, in a request that carries no other
 * @param joined how many requests carried several messages
 * @param empty how many requests carried none
 * @param successes how many exchanges were ended once, without an exception
 * @param waiting how many threads waited for their answers, in the first round
 */
record Crowd(int messages, int alone, int joined, int empty, int successes, int waiting) {

    static final int AT_ONCE = 20;
    static final int ROUNDS = 20;
    private static final Duration ARRIVAL = Duration.ofSeconds(3);

    static Crowd of(Contender contender) throws Exception {
        Crowd all = round(contender, Crowd::waiting);
        for (int round = 1; round < ROUNDS; round++) {
            all = all.plus(round(contender, calls -> 0));
        }
        return all;
    }

    private Crowd plus(Crowd other) {
        return new Crowd(
                messages + other.messages,
                alone + other.alone,
                joined + other.joined,
                empty + other.empty,
                successes + other.successes,
                Math.max(waiting, other.waiting));
    }

    private static Crowd round(Contender contender, ToIntFunction<List<Call>> lookForWaiting) throws Exception {
        List<Letter> letters =
                Stream.iterate(Letter.next(), Letter::another).limit(AT_ONCE).toList();
        CountDownLatch answers = new CountDownLatch(1);
        try (TroubledServer server = new TroubledServer(visit -> answerAfter(answers, visit, contender, letters))) {
            Target target = new Target(server.baseUrl(), letters.get(0).secret(), "");
            CamelContext context = Trial.context(contender, target);
            try {
                List<Call> calls = begin(context, letters);
                server.awaitRequests(AT_ONCE, ARRIVAL);
                int waiting = lookForWaiting.applyAsInt(calls);
                answers.countDown();
                return of(letters, server.requests(), successes(calls), waiting);
            } finally {
                context.stop();
            }
        }
    }

    private static Crowd of(List<Letter> letters, List<Request> requests, int successes, int waiting) {
        return new Crowd(
                letters.size(),
                count(letters, letter -> isAlone(letter, letters, requests)),
                count(requests, request -> carried(request, letters) > 1),
                count(requests, request -> carried(request, letters) == 0),
                successes,
                waiting);
    }

    private static List<Call> begin(CamelContext context, List<Letter> letters) {
        List<Call> calls =
                letters.stream().map(letter -> new Call(context, letter)).toList();
        CountDownLatch start = new CountDownLatch(1);
        calls.forEach(call -> beginAfter(start, call));
        start.countDown();
        return calls;
    }

    /** The API takes a request with one message, and refuses any other. */
    private static void answerAfter(CountDownLatch latch, Visit visit, Contender contender, List<Letter> letters)
            throws IOException {
        while (true) {
            Request request = visit.read();
            await(latch);
            if (carried(request, letters) == 1) {
                visit.answerJson(contender.accepted(letters.get(0)));
            } else {
                visit.answer("400 Bad Request", Visit.JSON, contender.refused());
            }
        }
    }

    private static void beginAfter(CountDownLatch latch, Call call) {
        Thread caller = new Thread(
                () -> {
                    await(latch);
                    call.run();
                },
                "caller");
        caller.setDaemon(true);
        caller.start();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many callers still wait a second later; one whose request has just been written is about to return. */
    private static int waiting(List<Call> calls) {
        long end = System.nanoTime() + 1_000_000_000;
        int waiting = count(calls, call -> !call.hasReturned());
        while (waiting > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
            waiting = count(calls, call -> !call.hasReturned());
        }
        return waiting;
    }

    private static int successes(List<Call> calls) throws InterruptedException {
        List<List<Call.Ending>> endings = new ArrayList<>();
        for (Call call : calls) {
            endings.add(call.awaitEnd(Trial.PATIENCE));
        }
        return count(endings, each -> each.size() == 1 && each.get(0).failure() == null);
    }

    private static boolean isAlone(Letter letter, List<Letter> letters, List<Request> requests) {
        List<Request> with = requests.stream()
                .filter(request -> request.carries(letter.text()))
                .toList();
        return with.size() == 1 && carried(with.get(0), letters) == 1;
    }

    private static int carried(Request request, List<Letter> letters) {
        return count(letters, letter -> request.carries(letter.text()));
    }

    private static <T> int count(List<T> all, Predicate<T> condition) {
        return (int) all.stream().filter(condition).count();
    }

    /** A cell of the table. */
    String cell() {
        String received = "%d of %d received in a request of their own".formatted(alone, messages);
        String together =
                joined + empty == 0 ? "" : ", *requests with several: %d, with none: %d*".formatted(joined, empty);
        String threads = waiting == 0 ? "no thread waits" : waiting + " threads wait";
        return (alone < messages ? "*" + received + "*" : received) + together + " +\n" + threads;
    }
}
