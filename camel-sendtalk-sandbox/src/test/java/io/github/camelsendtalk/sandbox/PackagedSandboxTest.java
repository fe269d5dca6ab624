package io.github.camelsendtalk.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedSandboxTest {

    @Test
    void theSandboxWorksFromAJarAndWithoutJUnit(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("the sandbox.jar");
        ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "cf", jar.toString(), "-C", locationOf(SendTalkSandbox.class), ".");
        URL[] classPath = {
            jar.toUri().toURL(),
            Path.of(locationOf(WireMockServer.class)).toUri().toURL()
        };

        try (URLClassLoader packaged = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = packaged.loadClass(SendTalkSandbox.class.getName());
            try (AutoCloseable sandbox = (AutoCloseable) type.getMethod("start").invoke(null)) {
                SandboxClient client =
                        new SandboxClient((String) type.getMethod("baseUrl").invoke(sandbox));

                String answer = client.send(SandboxClient.text("62811001234", "Hi"));

                assertThat(answer).contains("\"success\":true");
                assertThat(client.statusOf(SandboxClient.idIn(answer))).contains("\"status\":200");
            }
        }
    }

    @Test
    void anotherWireMockBeforeItsOwnIsNamed(@TempDir Path folder) throws Exception {
        Path other = folder.resolve("com/github/tomakehurst/wiremock/common/Json.java");
        Files.createDirectories(other.getParent());
        Files.writeString(other, "package com.github.tomakehurst.wiremock.common; public class Json {}");
        assertThat(ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, other.toString()))
                .isZero();
        URL[] classPath = {
            folder.toUri().toURL(),
            Path.of(locationOf(SendTalkSandbox.class)).toUri().toURL(),
            Path.of(locationOf(WireMockServer.class)).toUri().toURL()
        };

        try (URLClassLoader mixed = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Method start = mixed.loadClass(SendTalkSandbox.class.getName()).getMethod("start");

            assertThatThrownBy(() -> start.invoke(null))
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .cause()
                    .hasMessage(
                            "The sandbox needs org.wiremock:wiremock-standalone, and another WireMock comes first on the class path: %s. Name the sandbox before it in the pom, or leave it out: the sandbox brings WireMock.",
                            folder.toUri().toURL());
        }
    }

    private static String locationOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
