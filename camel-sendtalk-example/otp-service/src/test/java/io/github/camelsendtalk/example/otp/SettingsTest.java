package io.github.camelsendtalk.example.otp;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

/** A setting that nobody reads, or that can't be meant, is told at the start. */
class SettingsTest {

    private static final ApplicationContextRunner START = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withUserConfiguration(Bound.class);

    @EnableConfigurationProperties(Settings.class)
    static class Bound {}

    @EnableConfigurationProperties(Settings.class)
    static class Started {

        @Bean
        Recipients recipients(Settings settings) {
            return new Recipients(settings.countries(), "ID");
        }
    }

    @Test
    void theSettingsAsTheyStandAreTaken() {
        START.run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            otp.counries=ID        | The elements [otp.counries] were left unbound.
            otp.tries=x            | Failed to convert from type [java.lang.String] to type [int] for value [x]
            otp.tries=0            | otp.tries is 0: give it at least 1.
            otp.per-number=-1      | otp.per-number is -1: give it at least 1.
            otp.per-address=0      | otp.per-address is 0: give it at least 1.
            otp.per-minute=0       | otp.per-minute is 0: give it at least 1.
            otp.per-day=0          | otp.per-day is 0: give it at least 1.
            otp.validity=soon      | for value [soon]
            otp.validity=90s       | otp.validity is PT1M30S, and the texts name whole minutes: write it as 5m.
            otp.validity=300       | otp.validity is PT0.3S, and the texts name whole minutes: write it as 5m.
            otp.resend-after=60    | otp.resend-after is PT0.06S: write it as 60s, and not longer than otp.validity.
            otp.resend-after=6m    | otp.resend-after is PT6M: write it as 60s, and not longer than otp.validity.
            otp.second-channel-after=10 | otp.second-channel-after is PT0.01S: write it as 10s.
            otp.patience=20           | otp.patience is PT0.02S: write it as 20s.
            otp.per-day=2000000000 | otp.per-day is 2000000000: give it at most 1000000000.
            otp.countries=         | otp.countries is empty: use ISO 3166 country codes, such as ID,SG.
            otp.app={code}         | otp.app is '{code}': give it your name, without braces.
            otp.keep=1h            | otp.keep is PT1H, and codes are counted for a day: write it as 30d.
            otp.time-zone=Jakarta  | for value [Jakarta]
            """)
    void aSettingThatCannotBeMeantIsTold(String setting, String sentence) {
        START.withPropertyValues(setting)
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining(sentence));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theSentenceIsToldWithoutTheBeansThatCouldNotBeMade(CapturedOutput output) {
        SpringApplication application = new SpringApplication(Started.class);
        application.setWebApplicationType(WebApplicationType.NONE);

        assertThatThrownBy(() -> application.run("--otp.countries=Indonesia"))
                .rootCause()
                .isInstanceOf(SettingException.class);

        assertThat(List.of(output.getAll().split("APPLICATION FAILED TO START")))
                .hasSize(2)
                .last(STRING)
                .contains("otp.countries has 'Indonesia': use ISO 3166 country codes, such as ID,SG.")
                .doesNotContain("recipients", "\tat ");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aDatabaseThatIsGoneIsTold(CapturedOutput output) {
        String[] arguments = {
            "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/otp",
            "--otp.secret=a secret that all instances would have",
            "--server.port=0",
            "--management.server.port=0"
        };

        assertThatThrownBy(() -> SpringApplication.run(OtpServiceApplication.class, arguments))
                .isInstanceOf(BeanCreationException.class);

        assertThat(List.of(output.getAll().split("APPLICATION FAILED TO START")))
                .hasSize(2)
                .last(STRING)
                .contains(
                        "The database takes no connection: Connection to 127.0.0.1:1 refused.", "SPRING_DATASOURCE_URL")
                .doesNotContain("\tat ");
    }

    @Test
    void aDatabaseThatAnotherProcessUsesIsTold(@TempDir Path folder) throws IOException {
        Path database = folder.resolve("database");
        try (FileChannel lock = FileChannel.open(folder.resolve("database.lock"), CREATE, WRITE)) {
            lock.lock();
            START.withPropertyValues("otp.database-folder=" + database)
                    .run(context -> assertThatExceptionOfType(SettingException.class)
                            .isThrownBy(
                                    () -> new OtpServiceApplication().databaseServer(context.getBean(Settings.class)))
                            .withMessage(
                                    "otp.database-folder: Another process uses the database in %s: wait until it has ended.",
                                    database));
        }
    }
}
