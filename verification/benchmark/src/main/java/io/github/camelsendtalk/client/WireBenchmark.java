package io.github.camelsendtalk.client;

import io.github.camelsendtalk.client.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Requests to JSON, and answers from it; in the client's package, because the parts are not public. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WireBenchmark {

    private static final String PHONE = "6281212345678";
    private static final String TEXT = "Your order is on its way and will be with you tomorrow.";
    private static final List<String> SECRETS = List.of("benchmark-key", PHONE, TEXT);

    private final SendTalkMessage message = new SendTalkMessage(PHONE, MessageType.TEXT, TEXT, null, null);
    private final Answer taken = answer("""
            {"status":200,"error":{"code":"","message":"","field":""},"data":{"success":true,\
            "message":"The message has been added to queue","reason":"","id":"f26ccf7a-d867-b3a4-d333-117ec668718d"}}""");
    private final Answer refused = answer("""
            {"status":400,"error":{"code":"40002","message":"Phone is required","field":"phone"},"data":{}}""");

    private static Answer answer(String json) {
        return new Answer(200, json.getBytes(StandardCharsets.UTF_8), null);
    }

    @Benchmark
    public byte[] encode() throws SendTalkException {
        message.validate();
        return RequestEncoder.send(message);
    }

    @Benchmark
    public SendResult decode() throws SendTalkException {
        return ResponseDecoder.send(taken, SECRETS);
    }

    @Benchmark
    public SendTalkException decodeAnError() {
        try {
            throw new IllegalStateException(
                    ResponseDecoder.send(refused, SECRETS).toString());
        } catch (SendTalkException e) {
            return e;
        }
    }
}
