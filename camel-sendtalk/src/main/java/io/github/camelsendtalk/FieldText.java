package io.github.camelsendtalk;

import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the value of a field, which may be of any class, as text. */
final class FieldText {

    /** The largest double up to which each whole number is exact: 2 to the power of 53. */
    private static final double MAX_EXACT_DOUBLE = 0x1p53;

    /** To write out 1E+1000000 takes a megabyte. */
    private static final int MAX_SCALE = 20;

    private FieldText() {}

    /** The value as text, empty for null; what is neither text nor a whole number is refused by its class. */
    static String of(@Nullable Object value, MessageField field, Supplier<String> place)
            throws SendTalkValidationException {
        if (value == null || value instanceof CharSequence) {
            return value == null ? "" : value.toString();
        }
        if (value instanceof MessageType type) {
            return type.value();
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        String whole = value instanceof Number number ? whole(number) : null;
        if (whole == null) {
            throw field.invalid("The %s in %s is a %s, which is not text%s."
                    .formatted(
                            field.apiName(),
                            place.get(),
                            value.getClass().getName(),
                            value instanceof Number ? " and not a whole number" : ""));
        }
        return whole;
    }

    /** The digits of a whole number: JDBC drivers and JSON readers give phone numbers as all of these classes. */
    private static @Nullable String whole(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof BigInteger) {
            return positive(number.toString());
        }
        BigDecimal decimal = null;
        if (number instanceof BigDecimal given) {
            decimal = given;
        } else if (number instanceof Double given && Math.abs(given) < MAX_EXACT_DOUBLE) {
            decimal = BigDecimal.valueOf(given);
        }
        boolean isWhole = decimal != null
                && Math.abs(decimal.scale()) < MAX_SCALE
                && decimal.stripTrailingZeros().scale() <= 0;
        return isWhole ? positive(decimal.toBigInteger().toString()) : null;
    }

    private static @Nullable String positive(String number) {
        return number.startsWith("-") ? null : number;
    }
}
