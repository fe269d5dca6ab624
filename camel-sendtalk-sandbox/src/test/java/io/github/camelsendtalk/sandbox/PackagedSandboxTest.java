package io.github.camelsendtalk.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
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

    private static String locationOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
