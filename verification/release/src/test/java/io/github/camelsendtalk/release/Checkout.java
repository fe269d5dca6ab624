package io.github.camelsendtalk.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A copy of a project, in which Maven runs. */
record Checkout(Path folder) {

    /** What a fresh clone would not have. */
    private static final Set<String> LEFT_OUT = Set.of("target", ".git", ".camel-jbang", "outbox");

    private static final String REPOSITORY = "-Dmaven.repo.local=" + System.getProperty("localRepository");
    private static final String LOG = "maven.log";

    static Checkout of(Path project, Path folder) throws IOException {
        delete(folder);
        Files.walkFileTree(project, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                if (!from.equals(project)
                        && LEFT_OUT.contains(from.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(folder.resolve(project.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.copy(from, folder.resolve(project.relativize(from)));
                return FileVisitResult.CONTINUE;
            }
        });
        return new Checkout(folder);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, IOException e) throws IOException {
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    void replace(String file, String old, String by) throws IOException {
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(old);
        Files.writeString(path, text.replace(old, by));
    }

    /** Takes what Maven Central would have, from a folder. */
    void useRepository(Path repository) throws IOException {
        replace("pom.xml", "</project>", """
                    <repositories>
                        <repository>
                            <id>rehearsal</id>
                            <url>%s</url>
                        </repository>
                    </repositories>
                </project>""".formatted(repository.toUri()));
    }

    /** What Maven prints, which must succeed. */
    String mvn(String... arguments) throws Exception {
        return mvn(Map.of(), arguments);
    }

    String mvn(Map<String, String> environment, String... arguments) throws Exception {
        assertThat(exitOf(environment, arguments)).as(printed()).isZero();
        return printed();
    }

    /** What Maven prints, which must fail. */
    String mvnFails(String... arguments) throws Exception {
        assertThat(exitOf(Map.of(), arguments)).as(printed()).isNotZero();
        return printed();
    }

    private int exitOf(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("mvn"), "-B", REPOSITORY));
        command.addAll(List.of(arguments));
        File log = folder.resolve(LOG).toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(20, TimeUnit.MINUTES)).as("Maven ended").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String printed() throws IOException {
        return Files.exists(folder.resolve(LOG)) ? Files.readString(folder.resolve(LOG)) : "";
    }
}
