package io.quorate.aws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** The walls of this module. */
@AnalyzeClasses(packages = "io.quorate.aws", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyTheHttpRoomSeesReactorAndSpring = noClasses().that()
            .resideOutsideOfPackage("io.quorate.aws.http").should()
            .dependOnClassesThat().resideInAnyPackage("reactor..", "org.reactivestreams..",
                    "org.springframework..", "io.netty..");

    @ArchTest
    static final ArchRule onlyThePlainLibrariesAreUsed = classes().should()
            .onlyDependOnClassesThat().resideInAnyPackage("io.quorate.aws..", "java..", "javax..",
                    "org.jspecify..", "org.slf4j..", "tools.jackson.core..", "reactor.core..",
                    "org.reactivestreams..", "org.springframework.http..",
                    "org.springframework.core.io.buffer..", "org.springframework.util..");

    @ArchTest
    static final ArchRule onlyTheJsonRoomAndItsUsersSeeJackson = noClasses().that()
            .resideOutsideOfPackages("io.quorate.aws.json", "io.quorate.aws.error",
                    "io.quorate.aws.policy")
            .should().dependOnClassesThat().resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule nobodySeesTheEntry = noClasses().that()
            .resideOutsideOfPackage("io.quorate.aws.http").should()
            .dependOnClassesThat().resideInAPackage("io.quorate.aws.http");

    @ArchTest
    static final ArchRule roomsHaveNoCycles = slices().matching("io.quorate.aws.(*)..").should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule signatureChecksKnowNoStoreAndNoEnvelope = noClasses().that()
            .resideInAnyPackage("io.quorate.aws.sigv4..",
                    "io.quorate.aws.identity..", "io.quorate.aws.request..")
            .should()
            .dependOnClassesThat().resideInAnyPackage("io.quorate.aws.error..",
                    "io.quorate.kv..");

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes().that().haveSimpleName("package-info")
            .should()
            .beAnnotatedWith(NullMarked.class).allowEmptyShould(true);
}
