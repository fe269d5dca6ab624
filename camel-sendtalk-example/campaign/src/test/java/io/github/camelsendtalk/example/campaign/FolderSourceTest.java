package io.github.camelsendtalk.example.campaign;

import static io.github.camelsendtalk.example.campaign.SourceRun.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The source {@code folder}, with files. */
@Timeout(300)
class FolderSourceTest {

    private static final String HEADER = "id,name,phone,messageType,body\n";
    private static final String CODE = "A-1,Sari,0812-3456-7890,otp,Kode 482913\n";
    private static final String TEXT = "A-2,Budi,0812-3456-7891,,\"Halo, Budi\"\n";
    private static final String CODE_ROW = "folder|A-1|code|6281234567890|Kode 482913";
    private static final String TEXT_ROW = "folder|A-2|campaign|6281234567891|Halo, Budi";

    @TempDir
    Path folder;

    private Map<String, String> settings;
    private SourceRun run;

    @BeforeEach
    void start() throws Exception {
        settings = Map.of("folder.path", folder.toString(), "folder.quiet", "1s");
        run = new SourceRun().start(settings, "enqueue", "sources/folder");
    }

    @AfterEach
    void stop() {
        run.close();
    }

    /** As a program that is careful does it: the file has its name when it is whole. */
    private void drop(String name, String content) throws IOException {
        Path hidden = folder.resolve("." + name);
        Files.writeString(hidden, content);
        Files.move(hidden, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The names of the files in a folder below, without the time in front of them. */
    private List<String> in(String place) {
        if (!Files.isDirectory(folder.resolve(place))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve(place))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("^\\d{8}-\\d{6}-\\d{3}-", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitIn(String place, String... names) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(in(place)).containsExactly(names));
    }

    private String complaints() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(".failed"))) {
            return Files.readString(files.filter(file -> file.toString().endsWith(".txt"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    @Test
    void theRowsOfAFileAreRowsWithTheLaneOfTheirKind() throws IOException {
        drop("orders.csv", HEADER + CODE + TEXT);

        awaitIn(".done", "orders.csv");
        run.awaitRows(CODE_ROW, TEXT_ROW);
        assertThat(run.query("SELECT who FROM message ORDER BY id")).containsExactly("Sari", "Budi");
        assertThat(in(".failed")).isEmpty();
    }

    @Test
    void theSameRowsInAnotherFileAreTheSameRows() throws IOException {
        drop("orders.csv", HEADER + CODE);
        awaitIn(".done", "orders.csv");

        drop("orders.csv", HEADER + CODE);
        drop("orders (1).csv", HEADER + CODE + TEXT);

        awaitIn(".done", "orders (1).csv", "orders.csv", "orders.csv");
        run.awaitRows(CODE_ROW, TEXT_ROW);
    }

    @Test
    void wrongLinesAreSaidAndTheOthersAreTaken() throws IOException {
        drop("orders.csv", HEADER + CODE + TEXT);
        awaitIn(".done", "orders.csv");

        drop(
                "more.csv",
                HEADER
                        + "A-3,Rina,0812-34,otp,Kode 993311\n"
                        + ",Eko,0812-3456-7893,,Halo\n"
                        + "A-1,Sari,0812-3456-7890,otp,Kode 993311\n"
                        + "A-5,Joko,0812-3456-7895,,Halo, Joko\n"
                        + "A-6,Ayu,0812-3456-7896,,Halo\n");

        awaitIn(".failed", "more.csv", "more.csv.txt");
        run.awaitRows(CODE_ROW, TEXT_ROW, "folder|A-6|campaign|6281234567896|Halo");
        assertThat(complaints()).isEqualTo("""
                        Line 2: The phone number is too short.
                        Line 3: it has no id: give the file a column 'id' with what you know the row by.
                        Line 4: its id is that of another message, which stands.
                        Line 5: it has 6 cells and the first line names 5 columns; put a text that holds a ',' into quotes (").
                        """);
    }

    @Test
    void aCorrectedFileIsTakenWhereItWasNot() throws IOException {
        drop("orders.csv", HEADER + CODE + TEXT.replace("0812-3456-7891", "0812-34"));
        awaitIn(".failed", "orders.csv", "orders.csv.txt");

        drop("orders.csv", HEADER + CODE + TEXT);

        awaitIn(".done", "orders.csv");
        run.awaitRows(CODE_ROW, TEXT_ROW);
    }

    @Test
    void whatIsNoSuchFileIsPutAsideAndTheNextOneIsTaken() throws IOException {
        Files.write(folder.resolve("a.xlsx"), new byte[] {'P', 'K', 3, 4, 0, 0});
        awaitIn(".failed", "a.xlsx", "a.xlsx.txt");
        drop("orders.csv", HEADER + CODE);

        awaitIn(".done", "orders.csv");
        run.awaitRows(CODE_ROW);
        assertThat(complaints()).startsWith("a.xlsx has a column number 1, which is unknown");
    }

    @Test
    void aFileThatIsStillWrittenIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("orders.csv"), HEADER + CODE);
        // however slow this test is, the last write was just now
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
        drop("other.csv", HEADER + TEXT);
        awaitIn(".done", "other.csv");
        assertThat(run.rows()).containsExactly(TEXT_ROW);

        Files.writeString(file, TEXT.replace("A-2", "A-3"), StandardOpenOption.APPEND);

        awaitIn(".done", "orders.csv", "other.csv");
        run.awaitRows(TEXT_ROW, CODE_ROW, TEXT_ROW.replace("A-2", "A-3"));
    }

    @Test
    void aFileIsReadAgainIfTheProcessDiesInTheMiddleAndEachLineIsOneRow() throws Exception {
        AtomicInteger ends = run.failOnceAtTheEndOf("insert");
        String rows = IntStream.range(0, 1_200)
                .mapToObj("B-%d,,0812-3456-7890,,Halo\n"::formatted)
                .collect(Collectors.joining());

        drop("orders.csv", HEADER + rows);

        awaitIn(".done", "orders.csv");
        assertThat(ends.get()).isEqualTo(4);
        assertThat(run.rows()).hasSize(1_200).doesNotHaveDuplicates();
        assertThat(in(".failed")).isEmpty();
    }

    @Test
    void aFileStaysWhereItIsWhileTheDatabaseIsAway() throws Exception {
        run.takeTheDatabaseAway();
        drop("orders.csv", HEADER + CODE);
        await().atMost(PATIENCE)
                .until(() -> run.context().getInflightRepository().size("folder") == 1);

        run.stop();
        assertThat(folder.resolve("orders.csv")).exists();
        run.start(settings, "enqueue", "sources/folder");
        await().atMost(PATIENCE)
                .until(() -> run.context().getInflightRepository().size("folder") == 1);
        run.bringTheDatabaseBack();

        awaitIn(".done", "orders.csv");
        run.awaitRows(CODE_ROW);
    }
}
