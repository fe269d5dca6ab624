package io.github.camelsendtalk.benchmark;

import java.awt.Color;
import java.awt.Dimension;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.w3c.dom.Document;

/** The document with the figures: what stands between its markers, and the plot beside it. */
record PerformancePage(Path file) {

    private static final String BEGIN = "// measured: ";
    private static final String END = "// end of what was measured";
    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 380;

    /**
     * Writes one region anew.
     *
     * @throws IOException if the document has no such region
     */
    void write(String region, List<String> content) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int begin = lines.indexOf(BEGIN + region) + 1;
        int end = begin + lines.subList(begin, lines.size()).indexOf(END);
        if (begin == 0 || end < begin) {
            throw new IOException("%s has no lines '%s' and '%s'".formatted(file, BEGIN + region, END));
        }
        List<String> written = new ArrayList<>(lines.subList(0, begin));
        written.addAll(content);
        written.addAll(lines.subList(end, lines.size()));
        Files.write(file, written);
    }

    /** Writes the plot anew, if the usual setting was measured. */
    void writePlot(List<Figures> figures) throws IOException {
        if (figures.stream().noneMatch(f -> f.setting().equals(Setting.USUAL))) {
            return;
        }
        Files.writeString(file.resolveSibling("images/performance.svg"), plot(figures));
    }

    private static String plot(List<Figures> figures) throws IOException {
        List<Figures> usual =
                figures.stream().filter(f -> f.setting().equals(Setting.USUAL)).toList();
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("CPU time of a message in microseconds (" + Setting.USUAL + ")")
                .build();
        CategoryStyler styler = chart.getStyler();
        styler.setLabelsVisible(true);
        styler.setLabelsFontColor(Color.BLACK);
        styler.setLabelsPosition(1);
        styler.setLegendVisible(false);
        styler.setSeriesColors(new Color[] {new Color(0x12, 0x8c, 0x7e)});
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setYAxisDecimalPattern("0");
        chart.addSeries(
                "CPU",
                usual.stream().map(Figures::contender).toList(),
                usual.stream()
                        .map(f -> Math.round(10 * f.cpuMicrosPerMessage()) / 10.0)
                        .toList());
        SVGGraphics2D svg = new SVGGraphics2D(document());
        svg.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
        chart.paint(svg, WIDTH, HEIGHT);
        StringWriter text = new StringWriter();
        svg.stream(text, true);
        return text.toString();
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG_NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JVM has no XML", e);
        }
    }
}
