package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as people write them; case 22. */
class PhoneReaderTest {

    @ParameterizedTest(name = "case 22: \"{0}\" in {1} is {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # as the API wants it
                    6281212345678               | -  | 6281212345678
                    6281212345678               | ID | 6281212345678
                    # international, with a plus or 00, whatever the region
                    +6281212345678              | -  | 6281212345678
                    +62 812-1234-5678           | ID | 6281212345678
                    +62 812-1234-5678           | US | 6281212345678
                    +62 (812) 1234.5678         | SG | 6281212345678
                    (+62) 812 1234 5678         | -  | 6281212345678
                    006281212345678             | -  | 6281212345678
                    0062 812 1234 5678          | ID | 6281212345678
                    0062 812 1234 5678          | GB | 6281212345678
                    # the zero of the national number after the country's code
                    62 0812 1234 5678           | -  | 6281212345678
                    62 0812 1234 5678           | ID | 6281212345678
                    +62 (0) 812 1234 5678       | -  | 6281212345678
                    +44 (0)7911 123456          | -  | 447911123456
                    # national
                    0812 1234 5678              | ID | 6281212345678
                    (0812) 1234.5678            | ID | 6281212345678
                    0812-1234-5678              | id | 6281212345678
                    0812-1234-5678              | ' ID ' | 6281212345678
                    812 1234 5678               | ID | 6281212345678
                    (021) 555 1234              | ID | 62215551234
                    9123 4567                   | SG | 6591234567
                    (415) 555-2671              | US | 14155552671
                    07911 123456                | GB | 447911123456
                    7911 123456                 | GB | 447911123456
                    # Italy's numbers keep their zero
                    06 1234 5678                | IT | 390612345678
                    +39 06 1234 5678            | -  | 390612345678
                    0039 06 1234 5678           | IT | 390612345678
                    347 123 4567                | IT | 393471234567
                    # begins with the region's code, and is one with it or without it
                    62811001234                 | ID | 62811001234
                    62 811 001 234              | ID | 62811001234
                    622155512345                | ID | 622155512345
                    6591234567                  | SG | 6591234567
                    14155552671                 | US | 14155552671
                    447911123456                | GB | 447911123456
                    393912345678                | IT | 393912345678
                    391 234 5678                | IT | 393912345678
                    # numbers of another country
                    +6591234567                 | ID | 6591234567
                    0065 9123 4567              | ID | 6591234567
                    14155552671                 | ID | 14155552671
                    447911123456                | ID | 447911123456
                    6281212345678               | US | 6281212345678
                    6281212345678               | IT | 6281212345678
                    # 10 to 13 digits
                    0811001234                  | ID | 62811001234
                    08110012345                 | ID | 628110012345
                    081100123456                | ID | 6281100123456
                    0811001234567               | ID | 62811001234567
                    62811001234567              | ID | 62811001234567
                    6281100123456               | -  | 6281100123456
                    # validity data lags behind new prefixes
                    +62 899 9999 9999           | ID | 6289999999999
                    """)
    void aNumberIsReadAsItsWriterMeantIt(String written, @Nullable String region, String read) {
        assertThat(new PhoneReader(region).read(written)).isEqualTo(read);
    }

    @ParameterizedTest(name = "case 22: digits of another script, {0}")
    @ValueSource(
            strings = {
                "٦٢٨١٢١٢٣٤٥٦٧٨",
                "+٦٢ ٨١٢ ١٢٣٤ ٥٦٧٨",
                "۶۲۸۱۲۱۲۳۴۵۶۷۸",
                "６２８１２１２３４５６７８",
                "६२८१२१२३४५६७८",
                "𝟔𝟐𝟖𝟏𝟐𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖"
            })
    void digitsOfAnyScriptCount(String written) {
        assertThat(new PhoneReader(null).read(written)).isEqualTo("6281212345678");
    }

    @ParameterizedTest(name = "case 22: blanks, {0}")
    @ValueSource(
            strings = {
                "62\u00a0812\u00a01234\u00a05678",
                "62\u202f812\u20071234\u30005678",
                "  6281212345678  ",
                "\u00a06281212345678\u00a0",
                "62812\t12345678",
                "6281212345678\r\n"
            })
    void blanksOfAnyKindAreNothing(String written) {
        assertThat(new PhoneReader("ID").read(written)).isEqualTo("6281212345678");
    }

    @Test
    void aNationalNumberInAnotherScriptIsReadByTheRegion() {
        assertThat(new PhoneReader("ID").read("٠٨١٢ ١٢٣٤ ٥٦٧٨")).isEqualTo("6281212345678");
    }

    @ParameterizedTest(name = "{0}… in {1}")
    @CsvSource(
            nullValues = "-",
            value = {"62, -", "62, ID", "+62, -", "+62, ID", "0, ID", "62, SG", "62, DE"})
    void aMobileNumberOfIndonesiaIsReadAsLibphonenumberReadsIt(String prefix, @Nullable String region) {
        PhoneReader reader = new PhoneReader(region);
        Random random = new Random(62);
        for (int begin = 800; begin < 900; begin++) {
            for (int more = 4; more < 14; more++) {
                String number = prefix + begin + randomDigits(random, more);
                assertThat(outcome(() -> reader.read(number)))
                        .as(number)
                        .isEqualTo(outcome(() -> reader.byMetadata(number)));
            }
        }
    }

    private static String randomDigits(Random random, int length) {
        return random.ints(length, 0, 10).mapToObj(String::valueOf).collect(Collectors.joining());
    }

    private static String outcome(Supplier<String> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest(name = "\"{0}\" is as good as no region")
    @ValueSource(strings = {"", "  "})
    void aBlankRegionIsNone(String region) {
        assertThatThrownBy(() -> new PhoneReader(region).read("0812 1234 5678"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("phoneRegion");
    }

    @ParameterizedTest(name = "case 22: \"{0}\" in {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    ''                          | -  | is not a number
                    ''                          | ID | is not a number
                    ' '                         | ID | is not a number
                    +                           | -  | is not a number
                    +                           | ID | is not a number
                    00                          | -  | is not a number
                    00                          | ID | is not a number
                    000                         | ID | is not a number
                    +0                          | -  | is not a number
                    0                           | ID | is not a number
                    0                           | -  | national number
                    ()                          | ID | is not a number
                    ...                         | -  | is not a number
                    0812 1234 5678              | -  | national number
                    +62                         | ID | is not a number
                    620                         | -  | is too short
                    0812                        | ID | is too short
                    08123                       | ID | is too short
                    812                         | ID | is too short
                    12345                       | -  | is too short
                    555 1234                    | US | is too short
                    +62 812 1234 5678 9012 3456 | ID | is too long
                    0812 1234 5678 9012 3456    | ID | is too long
                    1415 555 2671 1             | -  | is too long
                    # a number that lost its prefix, or one of another country that lost its plus
                    85291234567                 | ID | is ambiguous
                    82 10 1234 5678             | ID | is ambiguous
                    886912345678                | ID | is ambiguous
                    819012345678                | ID | is ambiguous
                    0812 1234 5678              | SG | is too long
                    +999 1234567                | -  | no country's code
                    999 123456                  | ID | no country's code
                    """)
    void aNumberThatCannotBeOneIsRefused(String written, @Nullable String region, String reason) {
        assertThat(refusal(written, region)).hasMessageContaining(reason);
    }

    @ParameterizedTest(name = "case 22: refused, {0}")
    @ValueSource(
            strings = {
                "abc",
                "6281212345678x1",
                "tel:+6281212345678",
                "6281212345678;ext=1",
                "++6281212345678",
                "+62+81212345678",
                "\uff0b\uff0b6281212345678",
                "\u200b\u202a\u2713 6281212345678",
                "+62 812\uff0f1234\uff0f5678",
                "62812+12345678",
                "6281212345678+",
                "62/812/12345678",
                "62_812_12345678",
                "6281212345678,6281212345679",
                "6281212345678 / 6281212345679",
                "0812\u00001234",
                "six two eight",
                "Ⅷ 6281212345678",
                "①6281212345678",
                "6281212345678\ud83d",
                "*123#"
            })
    void aCharacterThatNoNumberHasIsNamed(String written) {
        assertThat(refusal(written, "ID")).hasMessageContaining("holds a character that no phone number has");
        assertThat(refusal(written, null)).hasMessageContaining("write digits, blanks, - ( ) . and one leading +");
    }

    @Test
    void theRefusalNamesTheCharacterAndNothingElse() {
        assertThat(refusal("6281212345678/1", null)).hasMessageContaining("(SOLIDUS)");
    }

    @Test
    void theRefusalOfANationalNumberSaysHowToMendIt() {
        assertThat(refusal("0812 1234 5678", null))
                .hasMessageContaining("country code")
                .hasMessageContaining("phoneRegion");
    }

    @Test
    void theRefusalOfAnAmbiguousNumberSaysHowToMendIt() {
        assertThat(refusal("85291234567", "ID"))
                .hasMessageContaining("ambiguous")
                .hasMessageContaining("prefix")
                .hasMessageContaining("plus");
    }

    @ParameterizedTest(name = "R12: {0} in {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    # as WhatsApp writes numbers of other countries
                    6591234567                  | ID | 6591234567
                    33612345678                 | ID | 33612345678
                    85512345678                 | SG | 85512345678
                    60123456789                 | ID | 60123456789
                    447911123456                | ID | 447911123456
                    6281212345678               | SG | 6281212345678
                    6281212345678               | CN | 6281212345678
                    # mended as the refusal says
                    085291234567                | ID | 6285291234567
                    0852 9123 4567              | ID | 6285291234567
                    +85291234567                | ID | 85291234567
                    0085291234567               | ID | 85291234567
                    # as the region writes its numbers
                    13123456789                 | CN | 8613123456789
                    81234567                    | SG | 6581234567
                    6592345678                  | US | 16592345678
                    2015550123                  | US | 12015550123
                    89123456789                 | RU | 79123456789
                    11961234567                 | BR | 5511961234567
                    # its prefix was dropped, or its zero
                    81234567890                 | ID | 6281234567890
                    9123456789                  | RU | 79123456789
                    201234567                   | HU | 36201234567
                    6201234567                  | HU | 36201234567
                    195123456                   | BJ | 2290195123456
                    """)
    void aNumberWithoutAPlusIsReadAsItsWriterMeantIt(String written, String region, String read) {
        assertThat(new PhoneReader(region).read(written)).isEqualTo(read);
    }

    @ParameterizedTest(name = "R13: {0}")
    @ValueSource(
            strings = {
                "628123456789.0",
                "08123456789.00",
                "8123456789.0",
                "+628123456789.0",
                " 628123456789.0 ",
                "628123456789.000",
                "628123456789,0",
                "628123456789,00",
                "٦٢٨١٢٣٤٥٦٧٨٩.٠",
                "812.0",
                "6.28121E+12",
                "6,28121E+12",
                "6.28121e+12",
                "6.28121E12",
                "6.28121e 12",
                "6.28121E-12",
                "6E+12",
                "6.E+12",
                // a country's code was put before what the spreadsheet made
                "+62 8123456789.0",
                "08.123456789E+9",
                "(62)8123456789.00"
            })
    void aNumberOutOfASpreadsheetIsRefused(String written) {
        for (String region : new String[] {"ID", null}) {
            assertThat(refusal(written, region)).hasMessageContaining("a spreadsheet made a number of it");
        }
        assertThatThrownBy(() -> new PhoneReader("ID").readWebValue(written))
                .hasMessageContaining("a spreadsheet made a number of it");
    }

    @ParameterizedTest(name = "R13: its dots are punctuation, {0}")
    @CsvSource(delimiter = '|', textBlock = """
                    0812.1234.5678    | 6281212345678
                    0812.1234.5600    | 6281212345600
                    0812.1234.0000    | 6281212340000
                    0812.123.456.00   | 6281212345600
                    (0812) 1234.56    | 62812123456
                    (0812) 1234.5600  | 6281212345600
                    (0812) 1234.0000  | 6281212340000
                    0812-345.6700     | 628123456700
                    0812.12345678     | 6281212345678
                    021.5550000       | 62215550000
                    08121234567.8     | 6281212345678
                    6281212345678.    | 6281212345678
                    """)
    void dotsMayStandBetweenDigits(String written, String read) {
        assertThat(new PhoneReader("ID").read(written)).isEqualTo(read);
    }

    @ParameterizedTest(name = "R14: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    '\u202a+62 812-1234-5678\u202c'       | embedding
                    '\u2068\u202d0812 1234 5678\u202c\u2069' | isolate and override
                    '\u200e6281212345678'                  | left-to-right mark
                    '6281212345678\u202c'                  | pop
                    '\u2060+62\u2060812\u206012345678'    | word joiner
                    '+62\u00ad812\u00ad1234\u00ad5678'    | soft hyphen
                    '\ufeff081212345678'                   | byte-order mark
                    '\u200b0812\u200b12345678\u200b'      | zero-width space
                    '0812\u200d1234\u200c5678'            | joiners
                    '628\u201112\u201112345678'           | non-breaking hyphen
                    '0812\u20101234\u20135678'            | hyphen, en dash
                    '0812\u20141234\u20155678'            | em dash, bar
                    '0812\u22121234\uff0d5678'            | minus, full-width hyphen
                    '\uff0b6281212345678'                  | full-width plus
                    '\ufe6262 812 1234 5678'               | small plus
                    '\u279562 812 1234 5678'               | heavy plus
                    '\uff080812\uff091234\uff0e5678'      | full-width punctuation
                    '+62\u00a0812\u00a01234\u00a05678'    | no-break space
                    '\u202a\uff0b\uff16\uff12\u00a0812\u20111234\u20115678\u202c' | all at once
                    """)
    void aNumberThatAPhonePastedIsRead(String written, String what) {
        assertThat(new PhoneReader("ID").read(written)).as(what).isEqualTo("6281212345678");
    }

    @Test
    @DisplayName("R14: nothing but what can't be seen is not a number")
    void nothingButInvisibleCharactersIsNoNumber() {
        assertThat(refusal("\u200b\u202a\u202c", "ID")).hasMessageContaining("is not a number");
    }

    @ParameterizedTest(name = "R46: {0} in {1} has more than 15 digits")
    @CsvSource(
            nullValues = "-",
            value = {
                "+4930123456789012, -", // Germany's data has 15 digits after 49
                "4930123456789012, -",
                "4930123456789012, DE",
                "030123456789012345, DE",
                "+628121234567890123, -",
                "+6281212345678901, -",
                "6281212345678901, ID",
                "081212345678901, ID"
            })
    void moreThan15DigitsAreTooLong(String written, @Nullable String region) {
        assertThat(refusal(written, region)).hasMessage("is too long");
    }

    @ParameterizedTest(name = "R16: \"{0}\" in {1} is {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # the plus of +65… in a web request
                    ' 6591234567'               | ID | 6591234567
                    ' 6591234567'               | -  | 6591234567
                    ' 62 812-1234-5678'         | ID | 6281212345678
                    ' 62 812-1234-5678'         | SG | 6281212345678
                    ' 33612345678'              | ID | 33612345678
                    '( 62) 812 1234 5678'       | ID | 6281212345678
                    # no plus stands before a zero
                    ' 0812 1234 5678'           | ID | 6281212345678
                    '  0812 1234 5678 '         | ID | 6281212345678
                    ' 0062 812 1234 5678'       | -  | 6281212345678
                    # no blank in front, or one that no plus becomes
                    812 1234 5678               | ID | 6281212345678
                    '81234567890 '              | ID | 6281234567890
                    ' +65 9123 4567'            | ID | 6591234567
                    '+ 65 9123 4567'            | ID | 6591234567
                    '\u00a081234567890'         | ID | 6281234567890
                    '\t81234567890'             | ID | 6281234567890
                    """)
    void aBlankThatMayBeAPlusIsTakenWhereAPlusMakesNoDifference(String value, @Nullable String region, String read) {
        assertThat(new PhoneReader(region).readWebValue(value)).isEqualTo(read);
    }

    @ParameterizedTest(name = "R16: \"{0}\" in {1} is another number with a plus")
    @CsvSource({
        "' 81234567890', ID", // a cell of a table, or a number of Japan
        "'  81234567890', ID",
        "' 85291234567', ID",
        "' (812) 1234 5678', ID",
        "' 6592345678', US",
        "' 13123456789', CN",
        "'\u202a 81234567890', ID"
    })
    void aBlankThatMayBeAPlusIsRefusedWhereAPlusMakesAnotherNumber(String value, String region) {
        assertThatThrownBy(() -> new PhoneReader(region).readWebValue(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("has a blank in front, which may be the plus of a web request, and is not the same number"
                        + " with a plus; encode the plus as %2B, or leave the blank out");
    }

    @ParameterizedTest(name = "R16: \"{0}\" in {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    ' '                         | ID | is not a number
                    ' 0812 1234 5678'           | -  | national number
                    ' 0812'                     | ID | is too short
                    ' 62'                       | ID | is not a number
                    ' 999 123456'               | -  | no country's code
                    ' 6281212345678x'           | ID | LATIN SMALL LETTER X
                    """)
    void aWebValueThatIsNoNumberIsRefusedForItsOwnReason(String value, @Nullable String region, String reason) {
        assertThatThrownBy(() -> new PhoneReader(region).readWebValue(value)).hasMessageContaining(reason);
    }

    @Test
    @DisplayName("R16: elsewhere a blank in front is nothing")
    void elsewhereABlankInFrontIsNothing() {
        assertThat(new PhoneReader("ID").read(" 81234567890")).isEqualTo("6281234567890");
    }

    @ParameterizedTest(name = "R17: the option {0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    0812                        | national number
                    6.28e+12                    | a spreadsheet made a number of it
                    6.28e 12                    | a spreadsheet made a number of it
                    '081212345678'              | APOSTROPHE
                    "6281212345678"             | QUOTATION MARK
                    {{phone}}                   | LEFT CURLY BRACKET
                    """)
    void anOptionThatIsNoNumberIsRefused(String written, String reason) {
        assertThat(refusal(written, null).getMessage()).contains(reason).doesNotContain("\"");
    }

    private static IllegalArgumentException refusal(String written, @Nullable String region) {
        IllegalArgumentException refusal =
                catchThrowableOfType(IllegalArgumentException.class, () -> new PhoneReader(region).read(written));
        assertThat(refusal).as("the refusal of \"%s\"", written).isNotNull();
        assertHoldsNoNumber(refusal);
        return refusal;
    }

    private static void assertHoldsNoNumber(Throwable refusal) {
        for (Throwable part = refusal; part != null; part = part.getCause()) {
            assertThat(part.getMessage()).doesNotContainPattern("\\d{3,}");
        }
    }

    @ParameterizedTest(name = "{0} is a region: {1}")
    @CsvSource({"ID, true", "id, true", "' sg ', true", "US, true", "GB, true", "XX, false", "62, false", "IDN, false"})
    void regionsAreIsoCountries(String region, boolean known) {
        assertThat(PhoneReader.knows(region)).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0062004963714", "00 375 0 88556120314"})
    void aNationalPrefixThatIsThereTwiceIsRefused(String written) {
        assertThat(refusal(written, null)).hasMessageContaining("twice");
    }

    @Test
    void anUnassignedCharacterIsNamedSo() {
        assertThat(refusal("62812\u037812345678", null)).hasMessageContaining("(unassigned)");
    }
}
