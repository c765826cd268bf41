package io.quorate.kv;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The walls between the coordinator's rooms: who may see whom (docs/architecture.md). */
class WallsTest {
    private static final String BASE = "io.quorate.kv";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(BASE);

    @TestFactory
    Stream<DynamicTest> aRoomSeesOnlyItsNeighbours() {
        return Stream.of(room(""),
                room("keyspace", ""),
                room("row", ""),
                room("clock", ""),
                room("shard", ""),
                room("command", ""),
                room("raft", "", "clock"),
                room("raft.log", ""),
                room("raft.hazelcast", "", "clock", "raft", "raft.log", "raft.hazelcast.wire"),
                room("raft.hazelcast.wire", "", "raft", "raft.log"),
                room("mvcc", "", "clock", "command", "raft"),
                room("storage", "", "command", "mvcc"),
                room("txn", "", "clock", "shard", "command", "mvcc", "raft"),
                room("blob", "", "clock", "keyspace", "row"),
                room("vitals", "", "clock", "raft", "row"),
                room("leader", "", "clock", "command", "raft", "row", "shard", "txn"),
                room("peer", "", "peer.wire"),
                room("peer.wire"),
                room("peer.raft", "peer", "peer.wire", "raft.hazelcast", "raft.hazelcast.wire"),
                room("peer.checkpoint", "", "peer", "peer.call", "peer.wire", "raft.hazelcast",
                        "raft.hazelcast.wire"),
                room("peer.call", "", "peer", "peer.wire"),
                room("peer.service", "", "keyspace", "peer", "v1", "admin.v1"),
                room("peer.body", "", "blob", "peer", "peer.wire"),
                room("member", "", "blob", "keyspace", "row", "mvcc", "raft", "raft.hazelcast",
                        "raft.hazelcast.wire"),
                room("admin.v1"), room("v1"))
                .map(room -> DynamicTest.dynamicTest(room.name(), () -> room.rule().check(MAIN)));
    }

    @Test
    void everyPackageIsARoomOfTheTable() {
        classes().should().resideInAnyPackage(BASE, BASE + ".keyspace", BASE + ".row",
                BASE + ".clock",
                BASE + ".shard", BASE + ".command", BASE + ".raft", BASE + ".raft.log",
                BASE + ".raft.hazelcast..", BASE + ".mvcc", BASE + ".storage", BASE + ".txn",
                BASE + ".leader", BASE + ".vitals", BASE + ".member", BASE + ".admin.v1",
                BASE + ".blob",
                BASE + ".peer", BASE + ".peer.wire",
                BASE + ".peer.raft", BASE + ".peer.call", BASE + ".peer.body",
                BASE + ".peer.checkpoint",
                BASE + ".peer.service", BASE + ".v1",
                BASE + ".node")
                .because("a new room needs its line in the table of walls").check(MAIN);
    }

    @Test
    void eachEngineStaysInItsRoom() {
        noClasses().that().resideOutsideOfPackage(BASE + ".storage").should()
                .dependOnClassesThat().resideInAPackage("org.rocksdb..")
                .because("only kv.storage knows RocksDB").check(MAIN);
        noClasses().that().resideOutsideOfPackage(BASE + ".raft.hazelcast..").should()
                .dependOnClassesThat().resideInAPackage("com.hazelcast..")
                .because("only kv.raft.hazelcast knows Hazelcast").check(MAIN);
        noClasses().that()
                .resideOutsideOfPackages(BASE + ".peer..", BASE + ".v1", BASE + ".admin.v1")
                .should()
                .dependOnClassesThat().resideInAnyPackage("io.grpc..", "com.google.protobuf..")
                .because("only kv.peer knows gRPC").check(MAIN);
        noClasses().that().resideOutsideOfPackage(BASE + ".node").should()
                .dependOnClassesThat().resideInAPackage("io.micrometer..")
                .because("only kv.node binds meters").check(MAIN);
    }

    @Test
    void theStoreKnowsNeitherSpringNorAws() {
        noClasses().should().dependOnClassesThat(resideInAnyPackage("org.springframework..",
                "software.amazon..", "io.quorate.aws..", "io.quorate.s3..", "io.quorate.sqs..",
                "io.quorate.dynamodb..", "io.quorate.gateway.."))
                .because("adapters depend on the store and not the other way round").check(MAIN);
    }

    @Test
    void roomsFormNoCycle() {
        slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void nobodySleepsOrBlocksOnAPublisher() {
        noClasses().should().callMethodWhere(target(With.<JavaClass>owner(
                DescribedPredicate.describe("Thread, TimeUnit, Mono or Flux",
                        WallsTest::canHoldAThread)))
                .and(target(
                        nameMatching("sleep|block|blockOptional|blockFirst|blockLast"))))
                .because("waits end by a Deadline and hold no thread").check(MAIN);
    }

    private static boolean canHoldAThread(JavaClass owner) {
        return owner.isEquivalentTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class)
                || owner.isEquivalentTo(Mono.class)
                || owner.isEquivalentTo(Flux.class);
    }

    private static Room room(String name, String... visible) {
        return new Room(name, visible);
    }

    private static String packageOf(String room) {
        return room.isEmpty() ? BASE : BASE + "." + room;
    }

    private static final class Room {
        private final String name;
        private final String[] seen;

        Room(String name, String... visible) {
            this.name = name;
            this.seen = Stream.concat(Stream.of(name), Arrays.stream(visible))
                    .map(WallsTest::packageOf).toArray(String[]::new);
        }

        String name() {
            return packageOf(name);
        }

        ArchRule rule() {
            DescribedPredicate<JavaClass> elsewhere = resideInAPackage(BASE + "..")
                    .and(DescribedPredicate.not(resideInAnyPackage(seen)));
            return noClasses().that().resideInAPackage(name()).should()
                    .dependOnClassesThat(elsewhere)
                    .because("its package-info says what it sees");
        }
    }
}
