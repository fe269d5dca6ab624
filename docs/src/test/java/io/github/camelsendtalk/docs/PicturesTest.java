package io.github.camelsendtalk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelsendtalk.client.SendTalkException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The drawings can be shown and read, and name what exists. */
class PicturesTest {

    private static final Path FOLDER = Document.ROOT.resolve("docs/images");

    static List<Path> drawings() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".svg"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void aDrawingIsWellFormed(Path drawing) throws Exception {
        assertThat(parse(drawing).getLocalName()).isEqualTo("svg");
    }

    @Test
    void theWayOfASendNamesWhatExists() throws Exception {
        Catalog catalog = Catalog.read();
        List<String> exceptions = DocumentationTest.exceptions();
        List<String> getters = Stream.of(SendTalkException.class.getMethods())
                .map(Method::getName)
                .toList();

        List<String> code = texts(parse(FOLDER.resolve("way-of-a-send.svg")), "code");
        assertThat(code).hasSizeGreaterThan(5).allSatisfy(name -> {
            if (name.contains("(")) {
                assertThat(getters).contains(name.substring(0, name.indexOf('(')));
            } else if (name.endsWith("Exception")) {
                assertThat(exceptions).contains(name);
            } else {
                assertThat(catalog.hasQueryParameter(name)).as(name).isTrue();
            }
        });
    }

    @Test
    void theWayOfASendSaysInWordsWhatItShows() throws Exception {
        Element drawing = parse(FOLDER.resolve("way-of-a-send.svg"));

        assertThat(drawing.getAttribute("aria-labelledby")).isEqualTo("title desc");
        assertThat(drawing.getElementsByTagName("title").item(0).getTextContent())
                .isNotBlank();
        assertThat(drawing.getElementsByTagName("desc").item(0).getTextContent())
                .contains("\"not sent\"", "\"unknown\"", "\"sent\"");
    }

    private static Element parse(Path drawing) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(drawing.toFile()).getDocumentElement();
    }

    private static List<String> texts(Element drawing, String style) {
        NodeList texts = drawing.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> (Element) texts.item(i))
                .filter(text -> List.of(text.getAttribute("class").split(" ")).contains(style))
                .map(Element::getTextContent)
                .toList();
    }
}
