package io.github.camelsendtalk.springboot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;

class MissingKeyTest {

    @Test
    void anApplicationWhoseVariableIsNotSetIsToldItsName() {
        assertThatThrownBy(() -> SpringApplication.run(
                        CodeApplication.class,
                        "--server.port=0",
                        "--camel.component.sendtalk.api-key=${NO_SUCH_VARIABLE}"))
                // Camel 4.22 says it before the component does
                .rootCause()
                .hasMessageContaining("${NO_SUCH_VARIABLE}");
    }

    @Test
    void anApplicationWithoutAKeyIsToldSpringBootsWayToSetIt() {
        assertThatThrownBy(() -> SpringApplication.run(CodeApplication.class, "--server.port=0"))
                .hasRootCauseMessage(
                        "The option apiKey is missing: set camel.component.sendtalk.api-key=${SENDTALK_API_KEY}"
                                + " in Spring Boot's application.properties, with camel-sendtalk-starter as a dependency (for all"
                                + " endpoints), or the endpoint's option apiKey.");
    }
}
