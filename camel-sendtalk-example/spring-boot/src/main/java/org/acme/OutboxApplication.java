package org.acme;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class OutboxApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(OutboxApplication.class, arguments);
    }
}
