package io.github.camelsendtalk.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Makes the release 1.0.0-rc.1 with the commands of CONTRIBUTING.md, twice, into folders, and looks at it as Maven Central does. */
@Tag("rehearsal")
class ReleaseTest {

    private static final String MAIN = "1.0.0-SNAPSHOT";
    private static final String RELEASE = "1.0.0-rc.1";
    private static final String PUBLISHED = ".,camel-sendtalk-sandbox,camel-sendtalk,camel-sendtalk-starter";

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path KEPT = Path.of(System.getProperty("localRepository"), "io/github/camel-sendtalk");
    private static final Path REPOSITORY = TARGET.resolve("repository");
    private static final Path SECOND_REPOSITORY = TARGET.resolve("second-repository");

    /** Three modules with six each (pom, jar, sources, Javadoc, and the bill of materials twice), the standalone jar, and the parent's three. */
    private static final int FILES = 22;

    @TempDir
    static Path keys;

    private static String printed;

    @BeforeAll
    static void release() throws Exception {
        forgetWhatMavenKeeps();
        Checkout.delete(REPOSITORY);
        Checkout.delete(SECOND_REPOSITORY);
        Checkout first = Checkout.of(ROOT, TARGET.resolve("first"));
        first.mvn("versions:set", "-DnewVersion=" + RELEASE, "-DprocessAllModules", "-DgenerateBackupPoms=false");
        Checkout second = Checkout.of(first.folder(), TARGET.resolve("another/folder/second"));
        assertThat(gpg("--passphrase", "", "--quick-gen-key", "rehearsal@example.com"))
                .isZero();
        printed = deploy("release,sign", first, REPOSITORY, gnuPg());
        deploy("release", second, SECOND_REPOSITORY, Map.of("MAVEN_OPTS", "-Duser.timezone=Asia/Jakarta"));
    }

    private static String deploy(String profiles, Checkout checkout, Path repository, Map<String, String> environment)
            throws Exception {
        return checkout.mvn(
                environment,
                "-P",
                profiles,
                "deploy",
                "-DskipTests",
                "-Dmaven.install.skip", // What is taken from the folder must not be in the local repository.
                "-DaltDeploymentRepository=local::" + repository.toUri(),
                "-pl",
                PUBLISHED);
    }

    @AfterAll
    static void forgetWhatMavenKeeps() throws IOException {
        if (Files.exists(KEPT)) {
            try (Stream<Path> artifacts = Files.list(KEPT)) {
                for (Path artifact : artifacts.toList()) {
                    Checkout.delete(artifact.resolve(RELEASE));
                }
            }
        }
    }

    @Test
    void twoBuildsAreTheSameBytes() throws IOException {
        List<Path> files = published(REPOSITORY);

        assertThat(files)
                .hasSize(FILES)
                .allSatisfy(file -> assertThat(SECOND_REPOSITORY.resolve(REPOSITORY.relativize(file)))
                        .hasSameBinaryContentAs(file));
        assertThat(published(SECOND_REPOSITORY)).hasSize(FILES);
    }

    /** The files, without what is made of them (checksums and signatures), and without Maven's list of versions, which says when it was written. */
    private static List<Path> published(Path repository) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*(\\.md5|\\.sha1|\\.asc)|.*/maven-metadata\\.xml"))
                    .toList();
        }
    }

    @Test
    void nothingElseIsPublished() throws IOException {
        try (Stream<Path> artifacts = Files.list(REPOSITORY.resolve("io/github/camel-sendtalk"))) {
            assertThat(artifacts)
                    .extracting(artifact -> artifact.getFileName().toString())
                    .containsExactlyInAnyOrder(
                            "camel-sendtalk-parent",
                            "camel-sendtalk",
                            "camel-sendtalk-sandbox",
                            "camel-sendtalk-starter");
        }
    }

    @Test
    void javadocHasNoWarnings() {
        assertThat(printed).contains("maven-javadoc-plugin").doesNotContain("Javadoc Warnings");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"camel-sendtalk", "camel-sendtalk-sandbox", "camel-sendtalk-starter"})
    void sourcesJavadocAndBillOfMaterialsAreBesideTheJar(String artifact) throws Exception {
        assertThat(entries(file(artifact, "-sources.jar"))).anyMatch(name -> name.endsWith(".java"));
        assertThat(entries(file(artifact, "-javadoc.jar"))).contains("index.html");
        assertThat(Files.readString(file(artifact, "-cyclonedx.json")))
                .contains("\"CycloneDX\"", "pkg:maven/org.jspecify/jspecify@1.0.0");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "camel-sendtalk, io.github.camelsendtalk",
        "camel-sendtalk-sandbox, io.github.camelsendtalk.sandbox",
        "camel-sendtalk-starter, io.github.camelsendtalk.springboot"
    })
    void theJarIsAModuleOfThatName(String artifact, String module) {
        assertThat(ModuleFinder.of(file(artifact, ".jar")).findAll())
                .extracting(ModuleReference::descriptor)
                .singleElement()
                .satisfies(descriptor -> {
                    assertThat(descriptor.name()).isEqualTo(module);
                    assertThat(descriptor.packages()).contains(module);
                });
    }

    @ParameterizedTest(name = "{0}{1}")
    @CsvSource({
        "camel-sendtalk, .jar",
        "camel-sendtalk, -sources.jar",
        "camel-sendtalk-sandbox, .jar",
        "camel-sendtalk-sandbox, -sources.jar",
        "camel-sendtalk-sandbox, -standalone.jar",
        "camel-sendtalk-starter, .jar",
        "camel-sendtalk-starter, -sources.jar"
    })
    void theLicenceIsInTheJar(String artifact, String kind) throws Exception {
        try (JarFile jar = new JarFile(file(artifact, kind).toFile());
                InputStream licence = jar.getInputStream(jar.getEntry("META-INF/LICENSE"))) {
            assertThat(new String(licence.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith(Files.readString(ROOT.resolve("LICENSE")));
        }
    }

    /** What Central asks of a pom: it takes what the parent says, but for the name and the description, which are each one's own. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"camel-sendtalk-parent", "camel-sendtalk", "camel-sendtalk-sandbox", "camel-sendtalk-starter"})
    void centralTakesThePom(String artifact) throws Exception {
        Pom pom = Pom.in(file(artifact, ".pom"));
        Pom parent = Pom.in(file("camel-sendtalk-parent", ".pom"));
        boolean isParent = artifact.equals("camel-sendtalk-parent");

        assertThat(pom.texts(isParent ? "version" : "parent/version")).containsExactly(RELEASE);
        assertThat(pom.texts("name")).hasSize(1);
        assertThat(pom.texts("description")).hasSize(1);
        for (String required : List.of(
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url")) {
            assertThat(parent.texts(required)).as(required).hasSize(1);
            if (!isParent) {
                assertThat(pom.texts(required)).as(required + " of its own").isEmpty();
            }
        }
        assertThat(pom.texts("repositories|/project/pluginRepositories|/project/profiles/profile/repositories"))
                .isEmpty();
        assertThat(Files.readString(file(artifact, ".pom"))).doesNotContain("-SNAPSHOT");
    }

    @Test
    void aProjectOfItsOwnIsBuiltFromIt() throws Exception {
        Checkout project =
                Checkout.of(ROOT.resolve("camel-sendtalk-example/three-lines"), TARGET.resolve("three-lines"));
        project.replace("pom.xml", MAIN, RELEASE);
        project.useRepository(REPOSITORY);
        forgetWhatMavenKeeps();

        assertThat(project.mvn("verify")).containsPattern("Tests run: [1-9]\\d*, Failures: 0, Errors: 0");
        for (String artifact : List.of("camel-sendtalk", "camel-sendtalk-sandbox")) {
            assertThat(KEPT.resolve(artifact).resolve(RELEASE).resolve("_remote.repositories"))
                    .content()
                    .contains(artifact + "-" + RELEASE + ".jar>rehearsal=");
        }
    }

    @Test
    void whatTheApiLosesIsFoundOnceThereIsABaseline() throws Exception {
        Checkout next = Checkout.of(ROOT, TARGET.resolve("next"));
        next.useRepository(REPOSITORY);
        String[] check = {
            "verify",
            "-DskipTests",
            "-Djapicmp.skip=false",
            "-Dapi.baseline=" + RELEASE,
            "-pl",
            "camel-sendtalk-sandbox",
            "-am"
        };
        next.mvn(check);

        next.replace(
                "camel-sendtalk-sandbox/src/main/java/io/github/camelsendtalk/sandbox/SendTalkSandbox.java",
                "public void step(Duration",
                "void step(Duration");

        assertThat(next.mvnFails(check)).contains("METHOD_LESS_ACCESSIBLE", "SendTalkSandbox.step(");
    }

    @Test
    void allThatIsPublishedIsSigned() throws Exception {
        assertThat(published(REPOSITORY)).hasSize(FILES).allSatisfy(file -> {
            Path signature = file.resolveSibling(file.getFileName() + ".asc");
            assertThat(gpg("--verify", signature.toString(), file.toString())).isZero();
        });
    }

    private static int gpg(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of("gpg", "--batch"), Stream.of(arguments)).toList());
        builder.environment().putAll(gnuPg());
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(TARGET.resolve("gpg.log").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /** A key ring of its own. */
    private static Map<String, String> gnuPg() {
        return Map.of("GNUPGHOME", keys.toString());
    }

    private static Path file(String artifact, String kind) {
        return REPOSITORY
                .resolve("io/github/camel-sendtalk")
                .resolve(artifact)
                .resolve(RELEASE)
                .resolve(artifact + "-" + RELEASE + kind);
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(entry -> entry.getName()).toList();
        }
    }
}
