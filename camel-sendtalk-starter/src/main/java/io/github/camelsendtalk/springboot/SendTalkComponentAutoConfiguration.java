package io.github.camelsendtalk.springboot;

import io.github.camelsendtalk.SendTalkComponent;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/**
 * Sets the component named {@code sendtalk} as {@code camel.component.sendtalk.*} says. Another component of this class, such
 * as one for a second account, is left as the application made it: with this key it would send in another one's name.
 */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@EnableConfigurationProperties({ComponentConfigurationProperties.class, SendTalkComponentConfiguration.class})
@ConditionalOnHierarchicalProperties({"camel.component", "camel.component.sendtalk"})
public class SendTalkComponentAutoConfiguration {

    private static final String NAME = "sendtalk";

    @Lazy
    @Bean
    ComponentCustomizer configureSendTalkComponent(
            ApplicationContext application, CamelContext camel, SendTalkComponentConfiguration configuration) {
        return new ComponentCustomizer() {
            @Override
            public void configure(String name, Component component) {
                Map<String, Object> settings = CamelPropertiesHelper.getNonNullProperties(camel, configuration);
                // first, as the others are set on it
                Object shared = settings.remove("configuration");
                if (shared != null) {
                    CamelPropertiesHelper.copyProperties(
                            camel, new HashMap<>(Map.of("configuration", shared)), component);
                }
                CamelPropertiesHelper.copyProperties(camel, settings, component);
            }

            @Override
            public boolean isEnabled(String name, Component component) {
                return NAME.equals(name)
                        && component instanceof SendTalkComponent
                        && HierarchicalPropertiesEvaluator.evaluate(
                                application, "camel.component.customizer", "camel.component.sendtalk.customizer");
            }
        };
    }
}
