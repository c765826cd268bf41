package io.quorate.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.quorate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] ADAPTERS = {"io.quorate.s3..", "io.quorate.sqs..",
        "io.quorate.dynamodb.."};

    @ArchTest
    static final ArchRule adaptersDoNotSeeEachOther = slices()
            .matching("io.quorate.(s3|sqs|dynamodb)..")
            .should().notDependOnEachOther()
            .because("what one protocol tells another goes through the store");

    @ArchTest
    static final ArchRule nobodySeesTheGateway = noClasses()
            .that(resideInAPackage("io.quorate..")
                    .and(resideInAPackage("io.quorate.gateway..").negate()
                            .and(resideInAPackage("io.quorate.benchmarks..").negate())))
            .should().dependOnClassesThat().resideInAPackage("io.quorate.gateway..")
            .because("dependencies point inward");

    @ArchTest
    static final ArchRule theStoreKnowsNoProtocol = noClasses().that()
            .resideInAPackage("io.quorate.kv..").should().dependOnClassesThat()
            .resideInAnyPackage("io.quorate.aws..", ADAPTERS[0], ADAPTERS[1], ADAPTERS[2],
                    "org.springframework..");

    @ArchTest
    static final ArchRule beansAreMadeInOneRoom = noClasses().that()
            .resideOutsideOfPackage("io.quorate.gateway.wiring..").should().dependOnClassesThat()
            .resideInAnyPackage("org.springframework.context..", "org.springframework.beans..",
                    "org.springframework.stereotype..")
            .because("everything below is a plain class with a constructor");

    @ArchTest
    static final ArchRule nothingIsScannedForOrConditional = noClasses().should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.stereotype..",
                    "org.springframework.boot.autoconfigure..")
            .because("what the server is made of is written down in one place");

    @ArchTest
    static final ArchRule codecsAndHandlerMappingAreOffTheRequestPath = noClasses().should()
            .dependOnClassesThat().resideInAnyPackage("org.springframework.web.reactive..",
                    "org.springframework.http.codec..");

    @ArchTest
    static final ArchRule nettyStaysAtTheSockets = noClasses().that()
            .resideInAPackage("io.quorate.gateway..").and()
            .resideOutsideOfPackage("io.quorate.gateway.listener..").should().dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "reactor.netty..");

    @ArchTest
    static final ArchRule settingsKnowOnlyThemselvesAndPolicies = classes().that()
            .resideInAPackage("io.quorate.gateway.config..").should().onlyDependOnClassesThat()
            .resideInAnyPackage("io.quorate.gateway.config..", "io.quorate.aws.policy..", "java..",
                    "org.yaml.snakeyaml..", "org.jspecify..");

    @ArchTest
    static final ArchRule roomsHaveNoCycles = slices().matching("io.quorate.gateway.(*)..").should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyBlocks = noClasses().that()
            .resideInAnyPackage("io.quorate.gateway..", "io.quorate.aws..", ADAPTERS[0],
                    ADAPTERS[1], ADAPTERS[2])
            .should()
            .callMethodWhere(describe("blocks on a publisher",
                    (JavaMethodCall call) -> call.getTargetOwner().getPackageName()
                            .equals("reactor.core.publisher")
                            && call.getName().startsWith("block")))
            .because("the event loops serve everybody");
}
