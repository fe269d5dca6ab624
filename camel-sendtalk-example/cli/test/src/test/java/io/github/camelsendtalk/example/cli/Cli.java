package io.github.camelsendtalk.example.cli;

import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** The command {@code camel}. */
final class Cli {

    private Cli() {}

    public static void main(String[] args) {
        CamelJBangMain.run(args);
    }
}
