package io.quorate.kv.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.quorate.kv.BlobStore.Reference;
import io.quorate.kv.BlobStore.StoredBlob;
import io.quorate.kv.Deadline;
import io.quorate.kv.KvException;
import io.quorate.kv.KvFailure;
import io.quorate.kv.Transaction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies while the members change. */
class BodyChangeTest extends ReplicatedBodies {
    @Test
    void bodyWrittenUnderEarlierMembersIsRefusedAndPlacedAnew() {
        settle("a");
        StoredBlob blob = write("a", random(10_000));
        voters = List.of("a", "b", "c", "d");
        settle("a");

        assertThat(store("a").reference(kv.view(), blob))
                .isInstanceOf(Reference.Misplaced.class);
        StoredBlob placed = store("a").placeAnew(blob).blockOptional(PATIENCE).orElseThrow();

        assertThat(placed.configuration()).isEqualTo(1);
        assertThat(placed.holders()).hasSizeGreaterThanOrEqualTo(3);
        commit(granted("a", placed));
    }

    @Test
    void referenceDecidedBeforeAChangeOfMembersDoesNotApplyAfterIt() {
        StoredBlob blob = write("a", random(10_000));
        Transaction decided = granted("a", blob);
        settle("a");
        voters = List.of("a", "b", "c", "d");
        settle("a");

        assertThatThrownBy(() -> commit(decided)).asInstanceOf(type(KvException.class))
                .extracting(KvException::failure).isEqualTo(new KvFailure.ConditionFailed(1));
    }

    @Test
    void removalWaitsUntilAMajorityOfTheOthersHoldsEveryBody() {
        peers.kill("c");
        StoredBlob blob = live("a", random(5_000));
        assertThat(blob.holders()).containsExactly("a", "b");
        peers.revive("c");

        var retired = store("a").coverage().retire(0, voters, "b")
                .contextWrite(Deadline.after(PATIENCE)::into).toFuture();
        await().until(() -> report("a").uncovered() == 1);
        assertThat(retired).isNotDone();
        assertThat(repair("c")).isEqualTo(1);

        retired.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
        assertThat(holders(blob.ref())).containsExactly("a", "c");
        assertThat(report("a").members()).containsExactly("a", "c");
    }

    @Test
    void removalThatCannotBeCoveredEndsAtItsDeadline() {
        peers.kill("c");
        live("a", random(5_000));

        assertThatThrownBy(() -> store("a").coverage().retire(0, voters, "b")
                .contextWrite(Deadline.after(Duration.ofMillis(700))::into).block(PATIENCE))
                .asInstanceOf(type(KvException.class)).extracting(KvException::failure)
                .isInstanceOf(KvFailure.DeadlineExceeded.class);
    }

    @Test
    void whatAnEarlierNodeOfTheSameNameHeldDoesNotCount() {
        peers.kill("c");
        StoredBlob blob = live("a", random(5_000));
        peers.revive("c");
        var retired = store("a").coverage().retire(0, voters, "b")
                .contextWrite(Deadline.after(PATIENCE)::into).toFuture();
        await().until(() -> report("a").members().equals(List.of("a", "c")));
        repair("c");
        retired.join();
        voters = List.of("a", "c");
        settle("a");
        voters = List.of("a", "b", "c");
        settle("a");

        BlobRow.Live row = row(blob.ref());
        BodyMembers members = members();

        assertThat(members.holding(new BlobRow.Live(row.length(), row.crc32c(), 0,
                List.of("a", "b")))).containsExactly("a");
        assertThat(members.holding(row)).containsExactly("a", "c");
    }

    @Test
    void retiredVoterThatStaysCountsAgain() {
        store("a").coverage().retire(0, voters, "b")
                .contextWrite(Deadline.after(PATIENCE)::into).block(PATIENCE);
        store("a").coverage().keep(0, voters, "b")
                .contextWrite(Deadline.after(PATIENCE)::into).block(PATIENCE);

        assertThat(report("a").members()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(report("a").configuration()).isEqualTo(2);
    }
}
