package io.github.camelsendtalk;

import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/**
 * Reads text from the kinds of body that hold text, and refuses all others: what {@code toString} makes of a stray object
 * must not be sent to a customer and paid for.
 */
final class TextReader {

    private static final int MAX_LENGTH = SendTalkMessage.MAX_BODY_LENGTH;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Operation operation;
    private final String field;
    private final Exchange exchange;

    /** @param field the API's name of what is read, for a complaint */
    TextReader(Operation operation, String field, Exchange exchange) {
        this.operation = operation;
        this.field = field;
        this.exchange = exchange;
    }

    /** Whether the value is of a kind that is read as text. */
    static boolean isText(@Nullable Object value) {
        return value instanceof CharSequence
                || value instanceof byte[]
                || value instanceof InputStream
                || value instanceof Reader
                || value instanceof File
                || value instanceof Path
                || value instanceof WrappedFile<?>
                || value instanceof StreamCache;
    }

    /** The value's text, or null for null; a stream cache can be read again afterwards. */
    @Nullable
    String read(@Nullable Object value) throws SendTalkValidationException {
        if (value == null) {
            return null;
        }
        if (value instanceof Boolean) {
            throw invalid(
                    "is a java.lang.Boolean, such as the answer of sendtalk:check; take that answer into a variable"
                            + " (variableReceive), or set the text again before this step");
        }
        if (!isText(value)) {
            throw invalid("is a %s, which is not text; convert it first, for instance with convertBodyTo(String.class)"
                    .formatted(value.getClass().getName()));
        }
        try {
            String text = text(value);
            if (text.isEmpty()
                    && field.equals("body")
                    && value instanceof InputStream
                    && !(value instanceof StreamCache)) {
                throw invalid("is an empty stream; if it was read before, switch stream caching on");
            }
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw invalid("is not text in " + charset() + imageHint());
        } catch (IllegalArgumentException e) {
            throw invalid("has a charset that this JVM does not know; see the exchange property CamelCharsetName");
        } catch (IOException e) {
            throw invalid("can't be read (%s)".formatted(e.getClass().getSimpleName()));
        }
    }

    private String text(Object value) throws IOException, SendTalkValidationException {
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        if (value instanceof byte[] bytes) {
            return decode(bytes);
        }
        if (value instanceof File file) {
            return text(file.toPath());
        }
        if (value instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File file) {
            // not through a converter, which would change the charset that the exchange names
            return text(file);
        }
        if (value instanceof Path path) {
            try (InputStream stream = Files.newInputStream(path)) {
                return text(stream);
            }
        }
        if (value instanceof Reader reader) {
            return chars(reader);
        }
        if (value instanceof InputStream stream) {
            return bytes(stream);
        }
        InputStream stream = exchange.getContext().getTypeConverter().tryConvertTo(InputStream.class, exchange, value);
        if (stream == null) {
            throw invalid("is a %s that can't be read as a stream"
                    .formatted(value.getClass().getName()));
        }
        try (stream) {
            return bytes(stream);
        }
    }

    private String bytes(InputStream stream) throws IOException, SendTalkValidationException {
        byte[] bytes = stream.readNBytes(4 * MAX_LENGTH + 1);
        reset(stream);
        if (bytes.length > 4 * MAX_LENGTH) {
            throw tooLong();
        }
        return decode(bytes);
    }

    private String chars(Reader reader) throws IOException, SendTalkValidationException {
        CharBuffer chars = CharBuffer.allocate(MAX_LENGTH + 1);
        while (chars.hasRemaining() && reader.read(chars) >= 0) {
            // goes on until the end or the limit
        }
        reset(reader);
        if (!chars.hasRemaining()) {
            throw tooLong();
        }
        return chars.flip().toString();
    }

    private static void reset(Object stream) {
        if (stream instanceof StreamCache cache) {
            cache.reset();
        }
    }

    private String decode(byte[] bytes) throws CharacterCodingException {
        return charset().newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private Charset charset() {
        return ExchangeHelper.getCharset(exchange);
    }

    private SendTalkValidationException tooLong() {
        return invalid("is too long: at most %,d characters are sent%s".formatted(MAX_LENGTH, imageHint()));
    }

    /** Bytes may be meant as a picture; the type of the message is not known yet. */
    private String imageHint() {
        return field.equals("body") ? "; " + SendTalkMessage.IMAGE_BODY : "";
    }

    private SendTalkValidationException invalid(String problem) {
        return new SendTalkValidationException(operation, field, "The message's %s %s.".formatted(field, problem));
    }
}
