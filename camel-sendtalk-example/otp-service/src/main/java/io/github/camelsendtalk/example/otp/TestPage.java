package io.github.camelsendtalk.example.otp;

import io.github.camelsendtalk.sandbox.SendTalkSandbox;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the page in {@code classpath:page} has to know. Where messages are real there is neither: a press of its button costs money. */
@RestController
@Profile("!real")
class TestPage {

    private static final Logger LOG = LoggerFactory.getLogger(TestPage.class);

    private final Texts texts;
    private final ObjectProvider<SendTalkSandbox> sandbox;

    TestPage(Texts texts, ObjectProvider<SendTalkSandbox> sandbox) {
        this.texts = texts;
        this.sandbox = sandbox;
    }

    /** @param inbox where the sandbox shows what was sent, if it is in this process */
    record About(Set<String> purposes, @Nullable String inbox) {}

    @GetMapping("/page.json")
    About about() {
        SendTalkSandbox here = sandbox.getIfAvailable();
        return new About(texts.purposes(), here == null ? null : here.baseUrl() + "/");
    }

    @EventListener
    void say(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        LOG.info(
                "Try it at http://{}:{}/",
                environment.getProperty("server.address"),
                environment.getProperty("local.server.port"));
    }
}
