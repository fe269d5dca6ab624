package io.github.camelsendtalk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.github.camelsendtalk.client.SendTalkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the jar tells a native image is there, and is all that the component looks up by name. */
class NativeImageTest {

    private static final String FOLDER = "/META-INF/native-image/io.github.camel-sendtalk/camel-sendtalk/";

    @Test
    void eachClassIsThere() throws ClassNotFoundException {
        for (String name : reflected()) {
            assertThat(Class.forName(name)).isPublic();
        }
    }

    @Test
    void whatJacksonAsksARecordForIsNamed() throws ClassNotFoundException {
        List<String> records = new ArrayList<>();
        for (JsonNode reflected : read("reflect-config.json")) {
            if (Class.forName(reflected.get("name").asText()).isRecord()) {
                records.add(reflected.get("name").asText());
                assertThat(reflected.path("allRecordComponents").asBoolean()).isTrue();
                assertThat(reflected.path("allDeclaredFields").asBoolean()).isTrue();
            }
        }

        assertThat(records).hasSize(4);
    }

    @Test
    void whatARouteReadsByNameIsNamed() throws Exception {
        List<String> read = new ArrayList<>();
        for (String file : files(SendTalkException.class, "io/github/camelsendtalk/client")) {
            Class<?> type = Class.forName(
                    file.substring(0, file.length() - ".class".length()).replace('/', '.'));
            boolean shown = type.getPackage() == SendTalkException.class.getPackage()
                    && (type.isRecord() || type.isEnum() || SendTalkException.class.isAssignableFrom(type));
            if (Modifier.isPublic(type.getModifiers()) && shown && !type.isMemberClass()) {
                read.add(type.getName());
            }
        }

        assertThat(read).hasSizeGreaterThan(15);
        assertThat(reflected()).containsAll(read);
    }

    @Test
    void whatCamelMakesByNameIsNamed() throws Exception {
        List<String> made = new ArrayList<>();
        for (String service : files(SendTalkComponent.class, "META-INF/services/org/apache/camel")) {
            Properties properties = new Properties();
            properties.load(getClass().getResourceAsStream("/" + service));
            if (properties.containsKey("class")) {
                made.add(properties.getProperty("class"));
            }
        }

        assertThat(made).hasSize(6);
        assertThat(reflected()).containsAll(made);
    }

    @Test
    void eachPatternFindsResources() throws Exception {
        List<String> resources = new ArrayList<>(files(SendTalkComponent.class, ""));
        resources.addAll(files(PhoneNumberUtil.class, "com/google/i18n/phonenumbers/data"));
        List<String> patterns = strings(read("resource-config.json").at("/resources/includes"), "pattern");

        assertThat(patterns)
                .isNotEmpty()
                .allSatisfy(pattern -> assertThat(resources).anyMatch(resource -> resource.matches(pattern)));
        assertThat(resources)
                .filteredOn(resource -> resource.contains("PhoneNumberMetadata") && !resource.endsWith(".class"))
                .hasSizeGreaterThan(200)
                .allMatch(resource -> patterns.stream().anyMatch(resource::matches));
    }

    private static List<String> reflected() {
        return strings(read("reflect-config.json"), "name");
    }

    private static JsonNode read(String file) {
        try {
            return new ObjectMapper().readTree(NativeImageTest.class.getResource(FOLDER + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> strings(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(node -> node.get(field).asText())
                .toList();
    }

    /** The files of a folder in the jar or the folder that a class is from. */
    private static List<String> files(Class<?> type, String folder) throws IOException, URISyntaxException {
        URL origin = type.getProtectionDomain().getCodeSource().getLocation();
        Path place = Path.of(origin.toURI());
        if (Files.isDirectory(place)) {
            return files(place, folder);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return files(jar.getPath("/"), folder);
        }
    }

    private static List<String> files(Path root, String folder) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList();
        }
    }
}
