package io.github.camelsendtalk.client.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** Collects an answer, and stops at the first byte too many. HttpClient calls it from one thread. */
final class AnswerCollector implements AsyncResponseConsumer<Answer> {

    private static final int INITIAL_BYTES = 256;

    private final CallEvents call;
    private final ByteArrayBuffer body = new ByteArrayBuffer(INITIAL_BYTES);
    private int httpStatus;
    private @Nullable String retryAfter;
    private @Nullable FutureCallback<Answer> done;

    AnswerCollector(CallEvents call) {
        this.call = call;
    }

    @Override
    public void consumeResponse(
            HttpResponse response, @Nullable EntityDetails entity, HttpContext context, FutureCallback<Answer> callback)
            throws IOException {
        call.requireOpen();
        done = callback;
        call.guard(() -> begin(response, entity));
    }

    private void begin(HttpResponse response, @Nullable EntityDetails entity) {
        httpStatus = response.getCode();
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        retryAfter = header == null ? null : header.getValue();
        if (entity == null) {
            end();
        } else if (entity.getContentLength() > Answer.MAX_BYTES) {
            tooLong();
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) throws IOException {
        call.requireOpen();
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        capacity.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        call.requireOpen();
        call.guard(() -> collect(bytes));
    }

    private void collect(ByteBuffer bytes) {
        if (body.length() + bytes.remaining() > Answer.MAX_BYTES) {
            bytes.position(bytes.limit());
            tooLong();
            return;
        }
        body.append(bytes);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) throws IOException {
        call.guard(this::end);
    }

    private void end() {
        done.completed(new Answer(httpStatus, body.toByteArray(), retryAfter));
    }

    private void tooLong() {
        call.answerTooLong(new Answer(httpStatus, null, retryAfter));
    }

    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}
}
