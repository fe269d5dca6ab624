package io.github.camelsendtalk.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.SendTalkComponent;
import io.github.camelsendtalk.SendTalkConfiguration;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the settings make of the component. */
class SettingsTest {

    private static final String OWN_URL = "http://localhost:1";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(CamelAutoConfiguration.class, SendTalkComponentAutoConfiguration.class))
            .withPropertyValues("camel.component.sendtalk.api-key=any");

    @ParameterizedTest
    @CsvSource({"5s, 5000", "PT5S, 5000", "2500, 2500"})
    void aTimeIsWrittenAsInSpringBoot(String written, long millis) {
        component(
                application.withPropertyValues("camel.component.sendtalk.request-timeout=" + written),
                component -> assertThat(component.getConfiguration().getRequestTimeout())
                        .isEqualTo(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"phone-region", "phoneRegion", "phone_region", "PHONEREGION"})
    void aNameIsWrittenAsInSpringBoot(String name) {
        component(
                application.withPropertyValues("camel.component.sendtalk." + name + "=ID"),
                component -> assertThat(component.getConfiguration().getPhoneRegion())
                        .isEqualTo("ID"));
    }

    @Test
    void aBeanIsNamed() {
        SSLContextParameters tls = new SSLContextParameters();
        component(
                application
                        .withBean("tls", SSLContextParameters.class, () -> tls)
                        .withPropertyValues("camel.component.sendtalk.ssl-context-parameters=#bean:tls"),
                component -> assertThat(component.getSslContextParameters()).isSameAs(tls));
    }

    @Test
    void aComponentOfTheApplicationKeepsWhatTheSettingsDoNotName() {
        SendTalkComponent own = new SendTalkComponent();
        own.setBaseUrl(OWN_URL);
        own.setMaxConnections(7);
        component(application.withBean("sendtalk", SendTalkComponent.class, () -> own), component -> {
            assertThat(component).isSameAs(own);
            assertThat(component.getConfiguration().getApiKey()).isEqualTo("any");
            assertThat(component.getBaseUrl()).isEqualTo(OWN_URL);
            assertThat(component.getMaxConnections()).isEqualTo(7);
        });
    }

    @Test
    void aConfigurationOfTheApplicationKeepsWhatTheSettingsDoNotName() {
        SendTalkConfiguration own = new SendTalkConfiguration();
        own.setFilename("own.jpg");
        component(
                application
                        .withBean("own", SendTalkConfiguration.class, () -> own)
                        .withPropertyValues("camel.component.sendtalk.configuration=#bean:own"),
                component -> {
                    assertThat(component.getConfiguration()).isSameAs(own);
                    assertThat(component.getConfiguration().getApiKey()).isEqualTo("any");
                    assertThat(component.getConfiguration().getFilename()).isEqualTo("own.jpg");
                });
    }

    @Test
    @DisplayName("R8: a second component keeps its own key and URL")
    void aSecondComponentKeepsItsOwnAccount() {
        SendTalkComponent marketing = new SendTalkComponent();
        marketing.getConfiguration().setApiKey("key-of-marketing");
        marketing.setBaseUrl(OWN_URL);
        application
                .withBean("sendtalkMarketing", SendTalkComponent.class, () -> marketing)
                .withPropertyValues("camel.component.sendtalk.phone-region=ID")
                .run(spring -> {
                    CamelContext camel = spring.getBean(CamelContext.class);
                    SendTalkComponent second = camel.getComponent("sendtalkMarketing", SendTalkComponent.class);
                    SendTalkComponent first = camel.getComponent("sendtalk", SendTalkComponent.class);

                    assertThat(second).isSameAs(marketing);
                    assertThat(second.getConfiguration().getApiKey()).isEqualTo("key-of-marketing");
                    assertThat(second.getConfiguration().getPhoneRegion()).isNull();
                    assertThat(second.getBaseUrl()).isEqualTo(OWN_URL);
                    assertThat(first.getConfiguration().getApiKey()).isEqualTo("any");
                    assertThat(first.getBaseUrl()).isNotEqualTo(OWN_URL);
                });
    }

    @Test
    void aSettingThatIsUnknownIsIgnoredAsWithCamelsOwnComponents() {
        component(
                application.withPropertyValues(
                        "camel.component.sendtalk.no-such=1", "camel.component.direct.no-such=1"),
                component ->
                        assertThat(component.getConfiguration().getApiKey()).isEqualTo("any"));
    }

    @Test
    void theSettingsDoNotTellTheKey() {
        application
                .withPropertyValues("camel.component.sendtalk.api-key=key-of-the-application")
                .run(context -> assertThat(context.getBean(SendTalkComponentConfiguration.class))
                        .asString()
                        .doesNotContain("key-of-the-application"));
    }

    private static void component(ApplicationContextRunner application, Consumer<SendTalkComponent> assertions) {
        application.run(context -> assertions.accept(
                context.getBean(CamelContext.class).getComponent("sendtalk", SendTalkComponent.class)));
    }
}
