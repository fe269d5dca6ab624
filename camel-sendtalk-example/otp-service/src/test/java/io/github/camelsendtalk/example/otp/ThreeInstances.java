package io.github.camelsendtalk.example.otp;

import io.github.camelsendtalk.example.otp.RunningService.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three instances on one database, which are asked at the same time. */
final class ThreeInstances implements AutoCloseable {

    private final List<RunningService> services;

    ThreeInstances(String... properties) {
        RunningService first = RunningService.start(properties);
        services = List.of(first, first.another(properties), first.another(properties));
    }

    /** One of them, for what is the same at all. */
    RunningService first() {
        return services.get(0);
    }

    /** Asks for codes at all instances in turn, without waiting for an answer before the next request. */
    List<Answer> askAtOnce(int times, IntFunction<String> phone, IntFunction<String> address) {
        return atOnce(
                times,
                i -> "/codes",
                i -> Map.of("phone", phone.apply(i), "purpose", "login", "language", "id"),
                address);
    }

    /** Guesses at all instances in turn. */
    List<Answer> guessAtOnce(UUID id, int times, IntFunction<String> guess) {
        return atOnce(times, i -> "/codes/" + id + "/check", i -> Map.of("code", guess.apply(i)), i -> "192.0.2.1");
    }

    private List<Answer> atOnce(
            int times, IntFunction<String> path, IntFunction<Map<String, String>> body, IntFunction<String> address) {
        List<CompletableFuture<Answer>> answers = IntStream.range(0, times)
                .mapToObj(i -> services.get(i % services.size())
                        .postAsync(path.apply(i), body.apply(i), "X-Forwarded-For", address.apply(i)))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        Stream.of(2, 1, 0).map(services::get).forEach(RunningService::close);
    }
}
