package io.github.camelsendtalk.client;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes what may stand where a phone number should: numbers as people write them, and anything else. */
public final class RandomPhone {

    private static final PhoneNumberUtil NUMBERS = PhonePromises.NUMBERS;
    private static final List<String> REGIONS = List.copyOf(NUMBERS.getSupportedRegions());
    private static final List<Integer> CODES = List.copyOf(NUMBERS.getSupportedCallingCodes());
    private static final int[] ZEROS = {'0', 0x660, 0x6f0, 0x966, 0xff10, 0x1d7ce};
    private static final String BETWEEN = "       -.()+\u00a0\t\n\u202f\u3000\u200e\u00ad\u2011\u2212\uff0b,eE";

    private final Random random;

    private RandomPhone(Random random) {
        this.random = random;
    }

    /** A country, nonsense, or none. */
    static @Nullable String region(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> new RandomPhone(random).characters(random.nextInt(4));
            case 2 -> List.of("001", "ZZ", "XX", "id", " ID ", "IDN", "62", "").get(random.nextInt(8));
            case 3 -> "ID";
            default -> REGIONS.get(random.nextInt(REGIONS.size()));
        };
    }

    static String knownRegion(Random random) {
        return random.nextInt(4) == 0 ? "ID" : REGIONS.get(random.nextInt(REGIONS.size()));
    }

    /** A valid mobile number of any region: its example, with other digits at the end. */
    static PhoneNumber mobile(Random random) {
        PhoneNumber example = null;
        while (example == null) {
            example = NUMBERS.getExampleNumberForType(knownRegion(random), PhoneNumberType.MOBILE);
        }
        PhoneNumber number = new PhoneNumber().mergeFrom(example);
        for (int i = 0; i < 20; i++) {
            long changed = Math.round(Math.pow(10, 1 + random.nextInt(8)));
            long part = example.getNationalNumber() - example.getNationalNumber() % changed;
            number.setNationalNumber(part + Math.floorMod(random.nextLong(), changed));
            if (isMobile(number)) {
                return number;
            }
        }
        return example;
    }

    private static boolean isMobile(PhoneNumber number) {
        return switch (NUMBERS.getNumberType(number)) {
            case MOBILE, FIXED_LINE_OR_MOBILE -> true;
            default -> false;
        };
    }

    /** At most some fifty characters. */
    public static String small(Random random) {
        RandomPhone make = new RandomPhone(random);
        return switch (random.nextInt(8)) {
            case 0 -> make.characters(random.nextInt(20));
            case 1 -> make.digits(random.nextInt(20));
            case 2 -> make.splice(make.usual(), make.characters(1));
            default -> make.written(random.nextInt(4) == 0 ? make.digits(random.nextInt(24)) : make.usual());
        };
    }

    /** Up to 100,000 characters. */
    static String large(Random random) {
        RandomPhone make = new RandomPhone(random);
        int length = random.nextInt(100_001);
        return switch (random.nextInt(6)) {
            case 0 -> make.characters(length);
            case 1 -> make.digits(length);
            case 2 -> make.written(make.digits(length / 2));
            case 3 -> make.splice(make.usual(), " ".repeat(length));
            case 4 -> "(-. ".repeat(length / 4) + make.usual();
            default -> "0".repeat(length) + make.usual();
        };
    }

    /** A country's code, perhaps a zero after it, and digits; or a number that is one, as its country writes it. */
    private String usual() {
        if (random.nextInt(3) > 0) {
            String prefix = List.of("+", "", "00", "0").get(random.nextInt(4));
            String code = String.valueOf(CODES.get(random.nextInt(CODES.size())));
            return prefix + code + "0".repeat(random.nextInt(3)) + digits(4 + random.nextInt(10));
        }
        String region = REGIONS.get(random.nextInt(REGIONS.size()));
        PhoneNumberFormat format = PhoneNumberFormat.values()[random.nextInt(PhoneNumberFormat.values().length)];
        return NUMBERS.format(NUMBERS.getExampleNumber(region), format);
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    /** The same number in digits of any script, with what stands between digits. */
    private String written(String number) {
        int zero = random.nextInt(2) == 0 ? '0' : ZEROS[random.nextInt(ZEROS.length)];
        StringBuilder written = new StringBuilder();
        number.chars().forEach(c -> {
            written.appendCodePoint(c >= '0' && c <= '9' ? c - '0' + zero : c);
            if (random.nextInt(6) == 0) {
                written.append(BETWEEN.charAt(random.nextInt(BETWEEN.length())));
            }
        });
        return written.toString();
    }

    private String splice(String text, String part) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + part + text.substring(at);
    }

    /** Any characters, halves of characters and unassigned ones included. */
    private String characters(int count) {
        StringBuilder characters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(4)) {
                case 0 -> characters.append((char) random.nextInt(0x10000));
                case 1 -> characters.appendCodePoint(random.nextInt(0x110000));
                case 2 -> characters.append((char) random.nextInt(0x250));
                default -> characters.append((char) ('0' + random.nextInt(10)));
            }
        }
        return characters.toString();
    }
}
