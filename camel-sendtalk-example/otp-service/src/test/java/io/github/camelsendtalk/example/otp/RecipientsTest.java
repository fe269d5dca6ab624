package io.github.camelsendtalk.example.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientsTest {

    private static final Recipients RECIPIENTS = new Recipients(List.of("ID", "SG"), "ID");

    @ParameterizedTest
    @CsvSource({
        "0812-3456-7890, 6281234567890",
        "+62 812 3456 7890, 6281234567890",
        "81234567890, 6281234567890",
        "+65 9123 4567, 6591234567",
        // possible, and of a prefix that may be new
        "+62 101 1234 5678, 6210112345678",
    })
    void mobileNumbersOfTheCountriesAreServed(String phone, String number) throws ProblemException {
        assertThat(RECIPIENTS.number(phone)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Malaysia
                "+60 12-345 6789",
                // Jakarta, a fixed line
                "021 5551 2345",
                // premium rate
                "0809 123 4567",
                // the code +1 is that of many countries
                "+1 876 123 4567"
            })
    void othersAreNot(String phone) {
        assertThatThrownBy(() -> RECIPIENTS.number(phone)).hasMessage("country-not-allowed");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "0812", "satu", "628123456789.0", "6281234567890123456"})
    void whatIsNoNumberIsRefused(String phone) {
        assertThatThrownBy(() -> RECIPIENTS.number(phone)).hasMessage("invalid-phone");
    }

    /** Of an IPv6 address a customer can have as many as there are in the network. */
    @Test
    void anAddressIsTheCustomersNetwork() {
        assertThat(Recipients.network("203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(Recipients.network("2001:db8:1:2::1"))
                .isEqualTo(Recipients.network("2001:db8:1:2:ffff::9"))
                .isNotEqualTo(Recipients.network("2001:db8:1:3::1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3.4",
                "::ffff:1.2.3.4",
                "::FFFF:1.2.3.4",
                "[::ffff:1.2.3.4]:443",
                "1.2.3.4:50001",
                "\"1.2.3.4\"",
                "01.2.3.4"
            })
    void anAddressIsTheSameHoweverItIsWritten(String address) {
        assertThat(Recipients.network(address)).isEqualTo("1.2.3.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8:1:2::3", "[2001:db8:1:2::3]", "[2001:db8:1:2::3]:443", "2001:DB8:1:2::3%eth0"})
    void soIsANetwork(String address) {
        assertThat(Recipients.network(address)).isEqualTo(Recipients.network("2001:db8:1:2::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "example.com", "16909060", "_hidden", "1.2.3.4.example.com"})
    void whatIsNoAddressCountsAsOne(String address) {
        assertThat(Recipients.network(address)).isEmpty();
    }

    @Test
    void anUnknownCountryIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recipients(List.of("ID", "Indonesia"), "ID"))
                .withMessage("otp.countries has 'Indonesia': use ISO 3166 country codes, such as ID,SG.");
    }
}
