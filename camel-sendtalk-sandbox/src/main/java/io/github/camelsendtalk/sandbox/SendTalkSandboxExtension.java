package io.github.camelsendtalk.sandbox;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
 * <p>In a field that is not static, it lives as long as the test instance: for each test, or for the class with
 * {@code PER_CLASS}. Of tests that run at the same time, one would forget the messages of the other: so the second fails at
 * once, and says to give each a sandbox of its own.
 */
public final class SendTalkSandboxExtension extends SendTalkSandbox
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    /** The classes and tests that use it now, nested ones too: the first starts it, the last ends it. */
    private final Set<String> users = new HashSet<>();

    /** The test that has it for itself now. */
    private @Nullable ExtensionContext test;

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
        keepFor(context);
        startFor(context);
        reset();
    }

    private synchronized void keepFor(ExtensionContext context) {
        if (test != null) {
            throw new IllegalStateException(
                    "%s of %s began while %s of %s uses the same sandbox, and would forget its messages. Give each test a sandbox of its own, in a field that is not static, or let them run one after another with @ResourceLock."
                            .formatted(name(context), type(context), name(test), type(test)));
        }
        test = context;
    }

    private static String name(ExtensionContext test) {
        return test.getDisplayName();
    }

    private static String type(ExtensionContext test) {
        return test.getRequiredTestClass().getSimpleName();
    }

    @Override
    public synchronized void afterEach(ExtensionContext context) {
        if (context == test) {
            test = null;
        }
        closeAfter(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closeAfter(context);
    }

    private synchronized void startFor(ExtensionContext context) {
        if (users.isEmpty()) {
            listen();
        }
        users.add(context.getUniqueId());
    }

    private synchronized void closeAfter(ExtensionContext context) {
        if (users.remove(context.getUniqueId()) && users.isEmpty()) {
            close();
        }
    }
}
