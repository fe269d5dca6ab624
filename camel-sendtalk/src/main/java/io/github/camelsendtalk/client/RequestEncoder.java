package io.github.camelsendtalk.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes requests as the JSON that the API reads. */
final class RequestEncoder {

    private static final JsonFactory JSON = new JsonFactory();

    private RequestEncoder() {}

    static byte[] send(SendTalkMessage message) {
        return object(json -> {
            json.writeStringField("phone", message.phone());
            json.writeStringField("messageType", message.messageType().value());
            boolean image = message.messageType() == MessageType.IMAGE;
            json.writeStringField("body", image ? message.body().strip() : message.body());
            if (image) {
                json.writeStringField("filename", message.filename());
                if (message.caption() != null) {
                    json.writeStringField("caption", message.caption());
                }
            }
        });
    }

    static byte[] status(String id) {
        return object(json -> json.writeStringField("id", id));
    }

    static byte[] check(String phone) {
        return object(json -> json.writeStringField("phone", phone));
    }

    private static byte[] object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory can't fail", e);
        }
        return bytes.toByteArray();
    }

    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }
}
