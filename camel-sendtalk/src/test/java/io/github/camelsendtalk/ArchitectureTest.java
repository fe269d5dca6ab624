package io.github.camelsendtalk;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelException;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.Producer;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.SendDynamicAware;
import org.apache.camel.spi.UriParams;
import org.apache.camel.telemetry.SpanDecorator;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;

/** Who may know whom, and how large things may become. */
@AnalyzeClasses(
        packages = "io.github.camelsendtalk",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.ComponentOnly.class})
class ArchitectureTest {

    private static final String COMPONENT = "io.github.camelsendtalk";
    private static final String CLIENT = "io.github.camelsendtalk.client";
    private static final String TRANSPORT = "io.github.camelsendtalk.client.http";
    private static final String HTTP_CLIENT = "org.apache.hc..";
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int MAX_LINES = 200;

    /** The sandbox, which tests use, shares the package's beginning; what Camel's plugin generates is not ours. */
    static final class ComponentOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("sandbox")
                    && !location.contains("Configurer.class")
                    && !location.contains("UriFactory.class");
        }
    }

    @ArchTest
    static final ArchRule theTransportKnowsTheJdkAndHttpClientAlone = classes()
            .that()
            .resideInAPackage(TRANSPORT)
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(TRANSPORT, "java..", "javax.net.ssl..", HTTP_CLIENT, "org.jspecify.."));

    @ArchTest
    static final ArchRule theClientKnowsTheJdkJacksonLibphonenumberAndTheTransportAlone = classes()
            .that()
            .resideInAPackage(CLIENT)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            CLIENT,
                            TRANSPORT,
                            "java..",
                            HTTP_CLIENT,
                            "com.fasterxml.jackson..",
                            "com.google.i18n.phonenumbers..",
                            "org.jspecify..")
                    .or(type(CamelException.class)));

    /** Who makes connections may say how a caller supplies a client, or names. */
    @ArchTest
    static final ArchRule outsideOfTheTransportHttpIsKnownToWhoOpensOneAlone = noClasses()
            .that()
            .resideOutsideOfPackage(TRANSPORT)
            .and(not(assignableTo(AutoCloseable.class)))
            .should()
            .dependOnClassesThat(resideInAPackage(HTTP_CLIENT).and(not(type(HttpAsyncClient.class))));

    @ArchTest
    static final ArchRule theComponentKnowsNoJson = noClasses()
            .that()
            .resideInAPackage(COMPONENT)
            .should()
            .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.."));

    @ArchTest
    static final ArchRule theComponentKnowsOfTheTransportOnlyItsRecords = noClasses()
            .that()
            .resideInAPackage(COMPONENT)
            .should()
            .dependOnClassesThat(resideInAPackage(TRANSPORT).and(not(records())));

    private static DescribedPredicate<JavaClass> records() {
        return new DescribedPredicate<>("records") {
            @Override
            public boolean test(JavaClass type) {
                return type.isRecord();
            }
        };
    }

    @ArchTest
    static void phoneNumbersAndCamelsHttpComponentAreKnownToOneClassEach(JavaClasses classes) {
        for (String library : List.of("com.google..", "org.apache.camel.component.http..")) {
            List<JavaClass> users = classes.stream()
                    .filter(type -> type.getDirectDependenciesFromSelf().stream()
                            .anyMatch(used -> resideInAPackage(library).test(used.getTargetClass())))
                    .map(ArchitectureTest::outermost)
                    .distinct()
                    .toList();
            assertThat(users).as("users of " + library).hasSize(1);
        }
    }

    @ArchTest
    static final ArchRule belowTheProducerNobodyKnowsEndpointOrComponent = noClasses()
            .that(not(partsOfCamel()))
            .should()
            .dependOnClassesThat(assignableTo(Endpoint.class)
                    .or(assignableTo(Component.class))
                    .and(resideInAPackage(COMPONENT)));

    /** What Camel calls, or fills from a URI or from properties. */
    private static DescribedPredicate<JavaClass> partsOfCamel() {
        return assignableTo(Component.class)
                .or(assignableTo(Endpoint.class))
                .or(assignableTo(Producer.class))
                .or(assignableTo(DevConsole.class))
                .or(assignableTo(SpanDecorator.class))
                .as("Camel's component, endpoint, producer, developer console and span decorator");
    }

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().assignedFrom(Slices.OF_PACKAGES).should().beFreeOfCycles();

    /** But for the component, its endpoints and their producers, and for exceptions, which are sealed. */
    @ArchTest
    static final ArchRule classesHaveNoCycles =
            slices().assignedFrom(Slices.OF_CLASSES).should().beFreeOfCycles();

    private enum Slices implements SliceAssignment {
        OF_PACKAGES {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }
        },
        OF_CLASSES {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                JavaClass outermost = outermost(type);
                if (partsOfCamel().test(outermost)) {
                    return SliceIdentifier.of("component, endpoint and producer");
                }
                if (outermost.isAssignableTo(CamelException.class)) {
                    return SliceIdentifier.of("exceptions");
                }
                return SliceIdentifier.of(outermost.getName());
            }
        };

        @Override
        public String getDescription() {
            return this == OF_PACKAGES ? "packages" : "classes";
        }
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return outermost;
    }

    @ArchTest
    static final ArchRule noClassButTheComponentIsLong = classes()
            .that()
            .areTopLevelClasses()
            .and(not(assignableTo(Component.class)))
            .should(new ArchCondition<>("have no more than %d lines".formatted(MAX_LINES)) {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    int lines = linesOf(type);
                    events.add(new SimpleConditionEvent(
                            type, lines <= MAX_LINES, "%s has %d lines".formatted(type.getName(), lines)));
                }
            });

    private static int linesOf(JavaClass type) {
        Path source = SOURCES.resolve(type.getName().replace('.', '/') + ".java");
        try {
            return Files.readAllLines(source).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ArchTest
    static final ArchRule camelsExceptionsAreMadeByTheClientAlone =
            noClasses().that().resideOutsideOfPackage(CLIENT).should().beAssignableTo(CamelException.class);

    @ArchTest
    static final ArchRule theComponentsInsideIsPackagePrivate = classes()
            .that()
            .resideInAPackage(COMPONENT)
            .and()
            .areTopLevelClasses()
            .and(not(partsOfCamel().or(assignableTo(SendDynamicAware.class)).or(annotatedWith(UriParams.class))))
            .and(not(holdConstants()))
            .should()
            .notBePublic();

    private static DescribedPredicate<JavaClass> holdConstants() {
        return new DescribedPredicate<>("hold constants for routes") {
            @Override
            public boolean test(JavaClass type) {
                return !type.getFields().isEmpty()
                        && type.getFields().stream()
                                .allMatch(field -> field.getModifiers().contains(JavaModifier.PUBLIC));
            }
        };
    }

    /** Fields change in what Camel fills, in streams, in what one thread calls, and under a lock or as volatile ones. */
    @ArchTest
    static final ArchRule fieldsAreFinalOrSafe = fields().that(not(new DescribedPredicate<>("final or volatile") {
                @Override
                public boolean test(JavaField field) {
                    return field.getModifiers().contains(JavaModifier.FINAL)
                            || field.getModifiers().contains(JavaModifier.VOLATILE);
                }
            }))
            .should()
            .beDeclaredInClassesThat(partsOfCamel()
                    .or(annotatedWith(UriParams.class))
                    .or(assignableTo(InputStream.class))
                    .or(assignableTo(AsyncResponseConsumer.class))
                    .or(assignableTo(HealthCheck.class))
                    .or(useLocks()));

    private static DescribedPredicate<JavaClass> useLocks() {
        return new DescribedPredicate<>("have synchronized methods") {
            @Override
            public boolean test(JavaClass type) {
                return type.getMethods().stream()
                        .anyMatch(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED));
            }
        };
    }

    @ArchTest
    static final ArchRule fieldsThatChangeArePrivate =
            fields().that().areNotFinal().should().bePrivate();

    @ArchTest
    static final ArchRule noMethodThrowsJustAnyException = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(CLIENT, TRANSPORT)
            .should()
            .notDeclareThrowableOfType(Exception.class);

    @ArchTest
    static final ArchRule nobodyUsesJavaUtilLogging =
            noClasses().should().dependOnClassesThat(resideInAPackage("java.util.logging.."));

    @ArchTest
    static final ArchRule nobodyPrints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule namesAreOfTheField = noClasses()
            .should()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");
}
