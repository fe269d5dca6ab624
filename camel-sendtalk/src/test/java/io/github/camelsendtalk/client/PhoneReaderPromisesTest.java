package io.github.camelsendtalk.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.github.camelsendtalk.support.Property;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever is written for a phone number, it is read as a possible one or refused, at a bounded cost. */
class PhoneReaderPromisesTest {

    /** The memory that a number may take beside its length: generous, because libphonenumber loads countries. */
    private static final long MEMORY = 16 * 1024 * 1024;

    private static final long MEMORY_PER_CHARACTER = 100;

    @Test
    void anyTextIsAPossibleNumberOrRefused() {
        Property.holds("any phone number", 20_000, random -> {
            String region = RandomPhone.region(random);
            PhonePromises.hold(region, RandomPhone.small(random));
        });
    }

    @Test
    @DisplayName("R12: any mobile number of any region, as WhatsApp writes it, is never read as another one")
    void anyMobileNumberIsNeverAnother() {
        Property.holds("any mobile number without its plus", 10_000, random -> {
            PhonePromises.neverAnother(RandomPhone.knownRegion(random), RandomPhone.mobile(random));
        });
    }

    @Test
    @DisplayName(
            "R12: any mobile number of a region, as it is written there or without its prefix, is never another one")
    void anyMobileNumberIsNeverAnotherAtHome() {
        Property.holds("any mobile number at home", 5_000, random -> {
            PhoneNumber meant = RandomPhone.mobile(random);
            PhonePromises.readAsItsRegionWritesIt(meant);
            PhonePromises.neverAnotherWithoutItsPrefix(meant);
        });
    }

    @Test
    @DisplayName("R16: a number whose plus became a blank on its way through the web is never another one")
    void aNumberThatLostItsPlusIsNeverAnother() {
        Property.holds("any mobile number whose plus became a blank", 5_000, random -> {
            String digits = PhonePromises.international(RandomPhone.mobile(random));
            PhoneReader reader = new PhoneReader(RandomPhone.knownRegion(random));
            try {
                assertThat(reader.readWebValue(" " + digits)).isEqualTo(digits);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("%2B");
            }
        });
    }

    @Test
    void anyTextOfUpTo100000CharactersIsAPossibleNumberOrRefused() {
        Property.holds("any long phone number", 100, random -> {
            String region = RandomPhone.region(random);
            String written = RandomPhone.large(random);
            Property.soon(() -> PhonePromises.hold(region, written));
        });
    }

    @Test
    void anyTextTakesMemoryInKeepingWithItsLength() {
        Property.holds("the memory of any phone number", 100, random -> {
            PhoneReader reader = new PhoneReader(RandomPhone.region(random));
            String written = RandomPhone.large(random);
            Property.within(MEMORY + MEMORY_PER_CHARACTER * written.length(), () -> read(reader, written));
        });
    }

    private static @Nullable String read(PhoneReader reader, String written) {
        try {
            return reader.read(written);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Test
    void theNumbersReachEveryKindOfReading() {
        Random random = new Random(1);
        int read = 0;
        for (int i = 0; i < 2_000; i++) {
            read += read(new PhoneReader(RandomPhone.region(random)), RandomPhone.small(random)) == null ? 0 : 1;
        }

        assertThat(read).as("numbers read of 2,000").isBetween(200, 1_600);
    }
}
