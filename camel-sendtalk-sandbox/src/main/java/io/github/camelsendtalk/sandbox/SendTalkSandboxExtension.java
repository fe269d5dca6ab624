package io.github.camelsendtalk.sandbox;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A sandbox for the tests of a class: starts before the first, is reset before each, and is closed after the last.
 *
 * <pre>{@code
 * @RegisterExtension
 * static SendTalkSandbox sandbox = new SendTalkSandboxExtension();
 * }</pre>
 *
 * <p>In a field that is not static, it starts before each test and is closed after it. Tests that run at the same time
 * share the messages and the reset: give them sandboxes of their own.
 */
public final class SendTalkSandboxExtension extends SendTalkSandbox
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    /** The test or class that it was started for, empty while it is not running; nested classes don't end it. */
    private String startedFor = "";

    /** With the default settings, on a free port. */
    public SendTalkSandboxExtension() {
        this(builder());
    }

    /** With settings of one's own, such as {@code SendTalkSandbox.builder().sentAfter(Duration.ZERO)}. */
    public SendTalkSandboxExtension(Builder settings) {
        super(settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startFor(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        startFor(context);
        reset();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeAfter(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closeAfter(context);
    }

    private void startFor(ExtensionContext context) {
        if (startedFor.isEmpty()) {
            listen();
            startedFor = context.getUniqueId();
        }
    }

    private void closeAfter(ExtensionContext context) {
        if (startedFor.equals(context.getUniqueId())) {
            startedFor = "";
            close();
        }
    }
}
