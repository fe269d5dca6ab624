package io.github.camelsendtalk.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.util.Map;

/** SendTalk's messages, for the contenders that write and read them by hand. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter WRITER = JSON.writerFor(Request.class);
    private static final ObjectReader READER = JSON.readerFor(JsonNode.class);

    private Api() {}

    /** What is sent. */
    record Request(String phone, String messageType, String body) {}

    static byte[] request(String phone, String text) throws JsonProcessingException {
        return WRITER.writeValueAsBytes(new Request(phone, "text", text));
    }

    /**
     * The id in an answer.
     *
     * @throws IOException if it is no success
     */
    static String id(int httpStatus, byte[] answer) throws IOException {
        JsonNode envelope = READER.readTree(answer);
        JsonNode data = envelope.path("data");
        if (httpStatus != 200
                || envelope.path("status").asInt() != 200
                || !envelope.path("error").path("code").asText().isEmpty()
                || !data.path("success").asBoolean()) {
            throw new IOException("HTTP " + httpStatus);
        }
        return data.path("id").asText();
    }

    /**
     * The id in an answer that was read into maps.
     *
     * @throws IOException if it is no success
     */
    static String id(Map<?, ?> envelope) throws IOException {
        if (!(envelope.get("data") instanceof Map<?, ?> data)
                || !(envelope.get("error") instanceof Map<?, ?> error)
                || !Integer.valueOf(200).equals(envelope.get("status"))
                || !"".equals(error.get("code"))
                || !Boolean.TRUE.equals(data.get("success"))) {
            throw new IOException("No success");
        }
        return (String) data.get("id");
    }
}
