package io.github.camelsendtalk.client;

import static com.github.tomakehurst.wiremock.common.Gzip.gzip;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelsendtalk.client.http.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes answers that no sane server gives, and some that one might. */
final class RandomAnswer {

    private static final List<byte[]> KNOWN = AnswerCase.all().stream()
            .map(known -> known.answer().body())
            .filter(body -> body.length < 100_000)
            .toList();

    /** 128 MiB in some hundred thousand bytes. */
    private static final byte[] BOMB = gzip(new byte[128 * Answer.MAX_BYTES]);

    private static final String[] ENCODINGS = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "ISO-8859-1"};

    private static final String[] TOKENS = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "null",
        "true",
        "-",
        "1e",
        "e99999999999",
        "\\u",
        "\\ud83d",
        "0",
        "NaN",
        "\0"
    };

    private static final String[] NUMBERS = {
        "0",
        "-0",
        "1",
        "200",
        "400",
        "-400",
        "49103",
        "2147483647",
        "2147483648",
        "-2147483649",
        "9223372036854775808",
        "4e2",
        "400.5",
        "399.999",
        "1e400",
        "1e-400",
        "1e2147483647",
        "-1e-2147483647",
        "1e2147483648",
        "1e99999999999"
    };

    private static final String[] CODES = {
        "", " ", "0", "00000", "40001", "40002", " 40401 ", "49103", "42900", "50000", "20000", "60000", "E1", "4000",
        "400000", "\0", "\u00a0"
    };

    private static final String[] PIECES = {
        "Phone is required",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\u001b[31m",
        "\u0085",
        "\u2028",
        "\u00a0",
        "\u202e",
        "\ud83d",
        "\udd11",
        "\ud83d\ude00",
        "\"",
        "\\",
        "%s",
        "$1",
        "***",
        "0812",
        "3456",
        "7890",
        "+62 812-9876-5432",
        "\u0668\u0661\u0662",
        "word ".repeat(70)
    };

    private final Random random;

    private RandomAnswer(Random random) {
        this.random = random;
    }

    /** An answer of some hundred bytes. */
    static Answer small(Random random) {
        RandomAnswer make = new RandomAnswer(random);
        return make.answer(make.smallBody());
    }

    /** An answer of up to the largest size that is read. */
    static Answer large(Random random) throws IOException {
        RandomAnswer make = new RandomAnswer(random);
        return make.answer(make.largeBody());
    }

    private Answer answer(byte @Nullable [] body) {
        return new Answer(httpStatus(), body, retryAfter(random));
    }

    private int httpStatus() {
        return switch (random.nextInt(8)) {
            case 0 -> 100 + random.nextInt(500);
            case 1 -> oneOf(400, 401, 403, 404, 407, 429, 500, 503);
            case 2 -> oneOf(-1, 0, 1, 99, 199, 300, 599, 600, 1000, Integer.MIN_VALUE, Integer.MAX_VALUE);
            default -> 200;
        };
    }

    /** What may stand in a {@code Retry-After} header, or null. */
    static @Nullable String retryAfter(Random random) {
        RandomAnswer make = new RandomAnswer(random);
        return switch (random.nextInt(8)) {
            case 0 -> String.valueOf(random.nextInt(10_000) - 10);
            case 1 -> "9".repeat(random.nextInt(30)) + make.oneOf("", "s", ".5", "e9");
            case 2, 3 -> make.date();
            case 4 -> make.words();
            case 5 -> make.splice(make.date(), make.words());
            default -> null;
        };
    }

    private String date() {
        ZonedDateTime date = ZonedDateTime.now(ZoneOffset.ofTotalSeconds(random.nextInt(129_601) - 64_800))
                .plusSeconds(random.nextInt(20_000) - 10_000)
                .withYear(random.nextInt(4) == 0 ? random.nextInt(10_000) : 2026);
        return date.format(DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    private String splice(String text, String part) {
        int at = random.nextInt(text.length());
        return text.substring(0, at) + part + text.substring(random.nextInt(text.length() - at) + at);
    }

    private byte @Nullable [] smallBody() {
        return switch (random.nextInt(16)) {
            case 0 -> bytes(random.nextInt(300));
            case 1, 2, 3 -> mutated(known());
            case 4, 5 -> mutated(json().getBytes(UTF_8));
            case 6 -> encoded();
            case 7 -> mutated(gzip(json().getBytes(UTF_8)));
            case 8 ->
                random.nextBoolean() ? null : nested(random.nextInt(3_000)).getBytes(UTF_8);
            default -> json().getBytes(UTF_8);
        };
    }

    private byte[] known() {
        return KNOWN.get(random.nextInt(KNOWN.size()));
    }

    private byte[] encoded() {
        String mark = random.nextBoolean() ? "\ufeff" : "";
        return (mark + json()).getBytes(Charset.forName(oneOf(ENCODINGS)));
    }

    private String nested(int depth) {
        boolean list = random.nextBoolean();
        String inside = (list ? "[" : "{\"data\":").repeat(depth);
        return random.nextBoolean() ? inside : inside + json() + (list ? "]" : "}").repeat(depth);
    }

    /** An envelope in which each field may be absent, doubled, or of any type. */
    private String json() {
        return object(
                () -> member("status", this::number),
                () -> member(
                        "error",
                        () -> object(
                                () -> member("code", () -> quoted(oneOf(CODES))),
                                () -> member("message", () -> quoted(words())),
                                () -> member("field", () -> quoted(oneOf("phone", "", words()))))),
                () -> member("data", this::data),
                () -> random.nextInt(4) > 0 ? "" : member(words(), this::any));
    }

    private String data() {
        return object(
                () -> member("success", () -> oneOf("true", "false", "\"TRUE\"", "\"False\"", "0")),
                () -> member("id", () -> quoted(oneOf("f26ccf7a-d867-b3a4", words()))),
                () -> member("message", () -> quoted(words())),
                () -> member(
                        "reason",
                        () -> quoted(oneOf("", "invalid_recipient", " insufficient_balance\n", "blocked", words()))),
                () -> member("status", () -> quoted(oneOf("sent", "read", "", words()))),
                () -> member("isPending", () -> oneOf("true", "false", "\"true\"", "1")),
                () -> member("isRegistered", () -> oneOf("true", "false", "\"False\"", "null")),
                () -> member("isSent", () -> oneOf("true", "false", "null")),
                () -> member("sentTime", this::number),
                () -> member("currency", () -> quoted(oneOf("IDR", words()))),
                () -> member("price", this::number),
                () -> member("createdTime", this::number));
    }

    @SafeVarargs
    private String object(Supplier<String>... members) {
        List<String> written = new ArrayList<>();
        for (Supplier<String> member : members) {
            for (int copies = oneOf(0, 1, 1, 1, 1, 1, 1, 2); copies > 0; copies--) {
                written.add(member.get());
            }
        }
        written.removeIf(String::isEmpty);
        Collections.shuffle(written, random);
        return "{" + String.join(",", written) + "}";
    }

    private String member(String name, Supplier<String> usual) {
        return quoted(name) + ":" + (random.nextInt(5) == 0 ? any() : usual.get());
    }

    private String any() {
        return switch (random.nextInt(8)) {
            case 0 -> oneOf("null", "true", "false", "{}", "[]", "\"\"");
            case 1 -> "[" + any() + "," + any() + "]";
            case 2 -> "{" + quoted(words()) + ":" + any() + "}";
            case 3 -> "\"" + number() + "\"";
            case 4, 5 -> number();
            default -> quoted(words());
        };
    }

    private String number() {
        return switch (random.nextInt(4)) {
            case 0 -> String.valueOf(random.nextInt(700));
            case 1 -> "7".repeat(1 + random.nextInt(1_200));
            case 2 -> "200";
            default -> oneOf(NUMBERS);
        };
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        for (int pieces = random.nextInt(7); pieces > 0; pieces--) {
            words.append(
                    random.nextInt(4) == 0
                            ? AnswerPromises.SECRETS.get(random.nextInt(AnswerPromises.SECRETS.size()))
                            : oneOf(PIECES));
        }
        return words.toString();
    }

    private String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            boolean plain = c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate((char) c);
            quoted.append(plain && random.nextInt(16) > 0 ? String.valueOf((char) c) : "\\u%04x".formatted(c));
        });
        return quoted.append('"').toString();
    }

    private byte[] mutated(byte[] bytes) {
        byte[] mutated = bytes.clone();
        for (int change = random.nextInt(4); change >= 0 && mutated.length > 0; change--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(5)) {
                case 0 -> mutated[at] = (byte) random.nextInt();
                case 1 -> mutated = splice(mutated, at, random.nextInt(mutated.length - at + 1), new byte[0]);
                case 2 -> mutated = splice(mutated, at, 0, oneOf(TOKENS).getBytes(UTF_8));
                case 3 -> mutated = splice(mutated, at, 1, oneOf(TOKENS).getBytes(UTF_8));
                default -> mutated = splice(mutated, at, 0, part(known()));
            }
        }
        return mutated;
    }

    private byte[] part(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, from, from + random.nextInt(bytes.length - from + 1));
    }

    private static byte[] splice(byte[] bytes, int at, int removed, byte[] inserted) {
        byte[] spliced = new byte[bytes.length - removed + inserted.length];
        System.arraycopy(bytes, 0, spliced, 0, at);
        System.arraycopy(inserted, 0, spliced, at, inserted.length);
        System.arraycopy(bytes, at + removed, spliced, at + inserted.length, bytes.length - at - removed);
        return spliced;
    }

    private byte[] largeBody() throws IOException {
        int size = random.nextInt(4) == 0 ? Answer.MAX_BYTES : 1 + random.nextInt(Answer.MAX_BYTES);
        byte[] body =
                random.nextInt(4) == 0 ? largeGzip(size) : largePlain(size).getBytes(UTF_8);
        return body.length <= Answer.MAX_BYTES ? body : Arrays.copyOf(body, Answer.MAX_BYTES);
    }

    private String largePlain(int size) {
        return switch (random.nextInt(8)) {
            case 0 -> new String(bytes(size), oneOf(UTF_8, Charset.forName("ISO-8859-1")));
            case 1 ->
                "{\"data\":[" + filled(oneOf("[],", "{},", "11,", "\"\",", "{\"\":{}},", "1.5,"), size - 20) + "1]}";
            case 2 -> names(size);
            case 3 -> filled(oneOf("[", "{\"data\":", " ", "7", "x", "\ufeff", "[[],"), size);
            case 4 -> "{" + filled("\"status\":200,", size) + "\"a\":1}";
            default -> "{" + longWords(size) + "," + json().substring(1);
        };
    }

    /** An envelope with a text without an end in one of the places whose words an exception repeats. */
    private String longWords(int size) {
        String text = filled(
                oneOf(
                        "x",
                        "7",
                        "7 ",
                        "1(",
                        " (",
                        "\\n",
                        "\\u0000",
                        "-7a",
                        "482913",
                        "\u20ac",
                        oneOf(TOKENS).replaceAll("[\"\\\\]", ""),
                        words().replaceAll("[\\p{Cc}\"\\\\]", "") + "a"),
                size - 600);
        String place = oneOf(
                "\"message\":\"1%s x\"", "\"code\":\"%s\"", "\"field\":\"%s\"", "\"id\":\"%s\"", "\"sentTime\":\"%s\"");
        String inside = place.formatted(text);
        return oneOf("\"error\":{%s}", "\"data\":{\"success\":false,%s}", "\"data\":{\"success\":true,%s}")
                .formatted(inside);
    }

    private String names(int size) {
        StringBuilder names = new StringBuilder("{\"data\":{");
        int number = random.nextInt(1_000);
        while (names.length() < size - 30) {
            names.append('"').append(Integer.toString(number++, 36)).append("\":1,");
        }
        return names.append("\"success\":true}}").toString();
    }

    private static String filled(String part, int size) {
        return part.isEmpty() ? "" : part.repeat(Math.max(0, size / part.getBytes(UTF_8).length));
    }

    private byte[] largeGzip(int size) throws IOException {
        return switch (random.nextInt(5)) {
            case 3 -> BOMB;
            case 0 -> gzip((" ".repeat(random.nextInt(8) * size) + json()).getBytes(UTF_8));
            case 1 -> members(new byte[0], size);
            case 2 -> members(json().getBytes(UTF_8), size);
            default -> gzip(largePlain(size).getBytes(UTF_8));
        };
    }

    /** Packed pieces one after the other, which count as one. */
    private static byte[] members(byte[] plain, int size) throws IOException {
        byte[] member = gzip(plain);
        ByteArrayOutputStream members = new ByteArrayOutputStream(size);
        while (members.size() + member.length <= size) {
            members.write(member);
        }
        return members.toByteArray();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }
}
