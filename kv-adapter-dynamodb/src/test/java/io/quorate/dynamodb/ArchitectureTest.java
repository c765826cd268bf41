package io.quorate.dynamodb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.quorate.dynamodb";

    private final JavaClasses adapter = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void aRequestOnlyMovesForwardThroughTheRooms() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("adapter").definedBy(ROOT)
                .layer("http").definedBy(ROOT + ".http")
                .layer("operation").definedBy(ROOT + ".operation")
                .layer("repository").definedBy(ROOT + ".repository")
                .layer("keyspace").definedBy(ROOT + ".keyspace")
                .layer("expression").definedBy(ROOT + ".expression")
                .layer("partiql").definedBy(ROOT + ".partiql")
                .layer("model").definedBy(ROOT + ".model")
                .layer("error").definedBy(ROOT + ".error")
                .whereLayer("adapter").mayNotBeAccessedByAnyLayer()
                .whereLayer("http").mayOnlyBeAccessedByLayers("adapter")
                .whereLayer("operation").mayOnlyBeAccessedByLayers("http", "adapter")
                .whereLayer("repository").mayOnlyBeAccessedByLayers("operation", "http", "adapter")
                .whereLayer("keyspace").mayOnlyBeAccessedByLayers("repository", "operation")
                .whereLayer("expression")
                .mayOnlyBeAccessedByLayers("repository", "operation", "http", "adapter", "partiql")
                .whereLayer("partiql").mayOnlyBeAccessedByLayers("operation", "http")
                .whereLayer("error")
                .mayOnlyBeAccessedByLayers("http", "operation", "repository", "expression",
                        "partiql")
                .check(adapter);
    }

    @Test
    void onlyTheEdgeSeesHttpAndJson() {
        noClasses().that().resideOutsideOfPackages(ROOT, ROOT + ".http").should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "org.springframework..",
                        "io.quorate.aws.http..", "io.quorate.aws.json..")
                .check(adapter);
    }

    @Test
    void onlyWordsAndPortsOfTheStoreAreSeen() {
        classes().should().onlyDependOnClassesThat().resideOutsideOfPackages(
                "io.quorate.kv.raft..", "io.quorate.kv.mvcc..", "io.quorate.kv.storage..",
                "io.quorate.kv.txn..", "io.quorate.kv.command..", "io.quorate.kv.node..",
                "io.quorate.s3..", "io.quorate.sqs..").check(adapter);
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
                .resideInAnyPackage("java..", "org.jspecify..", "io.quorate.kv", ROOT + ".model")
                .check(adapter);
    }
}
