package io.github.camelsendtalk.sandbox;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a sandbox until the process is ended. */
@Command(
        name = "sandbox",
        description =
                "A local SendTalk with an inbox page: takes WhatsApp messages as SendTalk does, and sends nothing.",
        sortOptions = false)
public final class SandboxMain implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8062",
            description = "the port to listen on, 0 for a free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "the address to listen on (default: ${DEFAULT-VALUE}, so that nobody else reaches it)")
    private String host = "";

    @Option(names = "--api-key", paramLabel = "KEY", description = "the only API key to accept (default: any)")
    private @Nullable String apiKey;

    @Option(names = "--help", usageHelp = true, description = "show this and end")
    private boolean help;

    private SandboxMain() {}

    /** Starts a sandbox; {@code --help} lists the options. Ends with 0, or with 2 if an option is wrong or the port is taken. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SandboxMain())
                .setParameterExceptionHandler((e, wrong) -> {
                    e.getCommandLine().getErr().println(e.getMessage() + "; --help lists the options.");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, command, result) -> {
                    command.getErr().println(e.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        SendTalkSandbox.Builder settings = SendTalkSandbox.builder().host(host).port(port);
        if (apiKey != null) {
            settings.apiKey(apiKey);
        }
        try (SendTalkSandbox sandbox = settings.start()) {
            System.out.printf(
                    "Inbox: %s/%nRoutes: camel.component.sendtalk.base-url = %1$s%nCtrl-C ends it.%n",
                    sandbox.baseUrl());
            new CountDownLatch(1).await();
        }
        return CommandLine.ExitCode.OK;
    }
}
