package io.github.camelsendtalk.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkMessage;
import io.github.camelsendtalk.client.SendTalkValidationException;
import io.github.camelsendtalk.support.SendTalkTestSupport;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A picture in place of its URL is refused with the words that help. */
@DisplayName("R37: bytes of a picture as the body of an image")
class ImageBytesTest extends SendTalkTestSupport {

    private static final byte[] PNG = picture("png");
    private static final byte[] JPEG = picture("jpg");

    @TempDir
    static Path folder;

    private static byte[] picture(String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Stream<Arguments> pictures() throws IOException {
        Path file = Files.write(folder.resolve("a.png"), PNG);
        byte[] large = Arrays.copyOf(PNG, 6 * 1024 * 1024);
        String base64 = Base64.getEncoder().encodeToString(PNG);
        return Stream.of(
                Arguments.of("bytes", PNG),
                Arguments.of("bytes of a JPEG", JPEG),
                Arguments.of("a stream", new ByteArrayInputStream(PNG)),
                Arguments.of("a stream cache", new InputStreamCache(PNG)),
                Arguments.of("a large stream", new ByteArrayInputStream(large)),
                Arguments.of("large bytes", large),
                Arguments.of("a file", file.toFile()),
                Arguments.of("a path", file),
                Arguments.of("base64", base64),
                Arguments.of("a data URL", "data:image/png;base64," + base64),
                Arguments.of("a file's name", "a.png"),
                Arguments.of("a record", new SendTalkMessage(null, MessageType.IMAGE, "a.png", "a.png", null)),
                Arguments.of("a map of base64", Map.of("messageType", "image", "body", base64)));
    }

    @ParameterizedTest(name = "R37: {0}")
    @MethodSource("pictures")
    void theComplaintSaysThatTheBodyIsAUrl(String name, Object picture) {
        String uri = "sendtalk:send?phone=" + PHONE + "&messageType=image&filename=a.png";

        SendTalkException failure = failure(call(uri, picture), SendTalkValidationException.class);

        assertThat(failure.getField()).isEqualTo("body");
        assertThat(failure).hasMessageContaining("URL");
        noRequestWasMade();
    }
}
