package io.quorate.s3;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.quorate.s3";

    private final JavaClasses adapter = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void aRequestOnlyMovesForwardThroughTheRooms() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("adapter").definedBy(ROOT)
                .layer("http").definedBy(ROOT + ".http")
                .layer("operation").definedBy(ROOT + ".operation")
                .layer("repository").definedBy(ROOT + ".repository")
                .layer("delivery").definedBy(ROOT + ".delivery")
                .layer("setting").definedBy(ROOT + ".setting")
                .layer("keyspace").definedBy(ROOT + ".keyspace")
                .layer("model").definedBy(ROOT + ".model")
                .layer("error").definedBy(ROOT + ".error")
                .whereLayer("adapter").mayNotBeAccessedByAnyLayer()
                .whereLayer("http").mayOnlyBeAccessedByLayers("adapter")
                .whereLayer("operation").mayOnlyBeAccessedByLayers("http", "adapter")
                .whereLayer("delivery").mayOnlyBeAccessedByLayers("adapter")
                .whereLayer("repository")
                .mayOnlyBeAccessedByLayers("operation", "delivery", "adapter")
                .whereLayer("keyspace").mayOnlyBeAccessedByLayers("repository")
                .whereLayer("setting").mayOnlyBeAccessedByLayers("http", "operation", "repository")
                .whereLayer("error")
                .mayOnlyBeAccessedByLayers("http", "operation", "repository", "setting")
                .check(adapter);
    }

    @Test
    void onlyTheEdgeSeesHttpAndJson() {
        noClasses().that().resideOutsideOfPackages(ROOT, ROOT + ".http").should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "org.springframework..",
                        "io.quorate.aws.http..", "io.quorate.aws.json..",
                        "io.quorate.aws.xml..")
                .check(adapter);
    }

    @Test
    void onlyWordsAndPortsOfTheStoreAreSeen() {
        classes().should().onlyDependOnClassesThat().resideOutsideOfPackages(
                "io.quorate.kv.raft..", "io.quorate.kv.mvcc..", "io.quorate.kv.storage..",
                "io.quorate.kv.txn..", "io.quorate.kv.command..", "io.quorate.kv.node..",
                "io.quorate.sqs..", "io.quorate.dynamodb..").check(adapter);
    }

    @Test
    void errorCodesAreInTheErrorRoomAlone() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".error").should()
                .dependOnClassesThat().haveFullyQualifiedName("io.quorate.aws.error.AwsError")
                .check(adapter);
    }

    @Test
    void theModelKnowsNobody() {
        classes().that().resideInAPackage(ROOT + ".model").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.quorate.kv",
                        "reactor.core.publisher",
                        ROOT + ".model")
                .check(adapter);
    }
}
