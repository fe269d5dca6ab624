package io.github.camelsendtalk;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.camelsendtalk.client.ConnectionSettings;
import io.github.camelsendtalk.client.JsonFields;
import io.github.camelsendtalk.client.MessageStatus;
import io.github.camelsendtalk.client.MessageType;
import io.github.camelsendtalk.client.SendResult;
import io.github.camelsendtalk.client.SendTalkClient;
import io.github.camelsendtalk.client.SendTalkConnections;
import io.github.camelsendtalk.client.SendTalkException;
import io.github.camelsendtalk.client.SendTalkMessage;
import java.io.InputStream;
import java.util.List;
import org.apache.camel.CamelException;

/** Who may know whom. */
@AnalyzeClasses(
        packages = "io.github.camelsendtalk",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.ComponentOnly.class})
class ArchitectureTest {

    /** The sandbox, which tests use, shares the package's beginning. */
    static final class ComponentOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("sandbox");
        }
    }

    private static final String COMPONENT = "io.github.camelsendtalk";
    private static final String CLIENT = "io.github.camelsendtalk.client";
    private static final String HTTP_CLIENT = "org.apache.hc..";

    /** The classes of the client whose names are in the user guide; with the exceptions, all that is public. */
    private static final DescribedPredicate<JavaClass> PUBLIC_API = belongToAnyOf(
                    ConnectionSettings.class,
                    JsonFields.class,
                    MessageStatus.class,
                    MessageType.class,
                    SendResult.class,
                    SendTalkClient.class,
                    SendTalkConnections.class,
                    SendTalkMessage.class)
            .or(JavaClass.Predicates.assignableTo(SendTalkException.class))
            .as("the public API");

    private static DescribedPredicate<JavaClass> named(String... simpleNames) {
        return new DescribedPredicate<>("named " + String.join(", ", simpleNames)) {
            @Override
            public boolean test(JavaClass type) {
                JavaClass outermost = type;
                while (outermost.getEnclosingClass().isPresent()) {
                    outermost = outermost.getEnclosingClass().get();
                }
                return List.of(simpleNames).contains(outermost.getSimpleName());
            }
        };
    }

    @ArchTest
    static final ArchRule theClientKnowsNothingOfTheComponent =
            noClasses().that().resideInAPackage(CLIENT).should().dependOnClassesThat(resideInAPackage(COMPONENT));

    @ArchTest
    static final ArchRule ofCamelTheClientKnowsCamelExceptionAlone = noClasses()
            .that()
            .resideInAPackage(CLIENT)
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.camel..").and(not(type(CamelException.class))));

    @ArchTest
    static final ArchRule theClientKnowsTheJdkHttpClient5AndJacksonAlone = classes()
            .that()
            .resideInAPackage(CLIENT)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            CLIENT,
                            "java..",
                            "javax.net.ssl..",
                            HTTP_CLIENT,
                            "com.fasterxml.jackson..",
                            "org.jspecify..")
                    .or(type(CamelException.class)));

    @ArchTest
    static final ArchRule jsonIsForTheEncoderAndTheDecoder = noClasses()
            .that(not(named("RequestEncoder", "ResponseDecoder", "JsonFields")))
            .should()
            .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.."));

    @ArchTest
    static final ArchRule httpIsForTheHttpClientAndTheOptionThatBringsOne = noClasses()
            .that(not(named(
                    "HttpSendTalkClient",
                    "HttpCall",
                    "SendTalkConnections",
                    "BackgroundConnect",
                    "CallContext",
                    "CancellableSteps",
                    "SendTalkComponent",
                    "SendTalkComponentConfigurer")))
            .should()
            .dependOnClassesThat(resideInAPackage(HTTP_CLIENT));

    @ArchTest
    static final ArchRule theComponentKnowsOfHttpOnlyTheTypeOfItsOption = noClasses()
            .that(named("SendTalkComponent", "SendTalkComponentConfigurer"))
            .should()
            .dependOnClassesThat(resideInAPackage(HTTP_CLIENT).and(not(named("HttpAsyncClient"))));

    @ArchTest
    static final ArchRule phoneNumbersAreForThePhoneReader =
            noClasses().that(not(named("PhoneReader"))).should().dependOnClassesThat(resideInAPackage("com.google.."));

    @ArchTest
    static final ArchRule camelHttpIsForTheProxyAlone = noClasses()
            .that(not(named("ContextProxy")))
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.camel.component.http.."));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().assignedFrom(PackageSlices.INSTANCE).should().beFreeOfCycles();

    private enum PackageSlices implements SliceAssignment {
        INSTANCE;

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }

    @ArchTest
    static final ArchRule theClientsInsideIsPackagePrivate = classes()
            .that()
            .resideInAPackage(CLIENT)
            .and(not(PUBLIC_API))
            .and()
            .areTopLevelClasses()
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule exceptionsAreMadeByTheClientAlone =
            noClasses().that().resideOutsideOfPackage(CLIENT).should().beAssignableTo(SendTalkException.class);

    @ArchTest
    static final ArchRule theComponentsInsideIsPackagePrivate = classes()
            .that()
            .resideInAPackage(COMPONENT)
            .and()
            .areTopLevelClasses()
            .and(not(simpleNameEndingWith("Configurer").or(simpleNameEndingWith("UriFactory"))))
            .and(not(named(
                    "SendTalkComponent",
                    "SendTalkEndpoint",
                    "SendTalkConfiguration",
                    "SendTalkConstants",
                    "SendTalkOperation",
                    "SendTalkSendDynamicAware")))
            .should()
            .notBePublic();

    /** The classes whose state is one call, one wait, one check, one stream or the life of the connections. */
    private static final DescribedPredicate<JavaClass> HAVE_A_LIFE = named(
                    "HttpCall",
                    "SendTalkConnections",
                    "PendingExchange",
                    "StatusPoller",
                    "SendTalkHealthCheck",
                    "SendTalkHealthChecks",
                    "SendTalkSendDynamicAware",
                    "SendTalkException")
            .or(assignableTo(InputStream.class))
            .as("classes that have a life");

    /** The classes that Camel fills from a URI or from properties. */
    private static final DescribedPredicate<JavaClass> HAVE_OPTIONS = named(
                    "SendTalkComponent", "SendTalkEndpoint", "SendTalkConfiguration")
            .as("classes that have options");

    @ArchTest
    static final ArchRule fieldsAreFinal = fields().that()
            .areDeclaredInClassesThat(not(HAVE_A_LIFE.or(HAVE_OPTIONS)))
            .and()
            .areDeclaredInClassesThat(not(simpleNameEndingWith("Configurer").or(simpleNameEndingWith("UriFactory"))))
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule fieldsThatChangeArePrivate =
            fields().that().areNotFinal().should().bePrivate();

    @ArchTest
    static final ArchRule noMethodThrowsJustAnyException = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(CLIENT)
            .should()
            .notDeclareThrowableOfType(Exception.class);

    @ArchTest
    static final ArchRule nobodyUsesJavaUtilLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

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
