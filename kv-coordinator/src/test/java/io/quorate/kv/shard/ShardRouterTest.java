package io.quorate.kv.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.kv.Condition;
import io.quorate.kv.Key;
import io.quorate.kv.KvException;
import io.quorate.kv.Mutation;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardRouterTest {
    private static final RouteTable HALVES = new RouteTable(2,
            List.of(new Shard(0, 0x7FFF, 0), new Shard(0x8000, 0xFFFF, 1)));

    @Test
    void everyRouteOfTheFirstTableBelongsToTheDefaultGroup() {
        RouteTable table = RouteTable.single();

        assertThat(List.of(0, 1, 0x8000, 0xFFFF)).extracting(table::groupOf).containsOnly(0);
    }

    @Test
    void aRouteBelongsToTheShardThatSpansIt() {
        assertThat(List.of(0, 0x7FFF, 0x8000, 0xFFFF)).extracting(HALVES::groupOf)
                .containsExactly(0, 0, 1, 1);
    }

    @Test
    void gapsAndOverlapsAreNoTable() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteTable(1, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouteTable(1, List.of(new Shard(0, 5, 0))));
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteTable(1,
                List.of(new Shard(0, 5, 0), new Shard(7, 0xFFFF, 1))));
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteTable(1,
                List.of(new Shard(0, 5, 0), new Shard(5, 0xFFFF, 1))));
        assertThatIllegalArgumentException().isThrownBy(() -> HALVES.groupOf(0x10000));
    }

    @Test
    void anOlderTableIsNotTakenOver() {
        ShardRouter router = new ShardRouter(HALVES);

        router.update(RouteTable.single());

        assertThat(router.table()).isEqualTo(HALVES);
    }

    @Test
    void aTransactionBelongsToTheGroupOfAllItNames() {
        ShardRouter router = new ShardRouter(HALVES);
        Transaction right = new Transaction(List.of(new Condition.Exists(key(0x9000)),
                new Condition.CommittedBefore(5)), List.of(put(0x8000)));

        assertThat(router.groupOf(right)).isEqualTo(1);
        assertThat(router.groupOf(Transaction.nothing())).isEqualTo(RouteTable.DEFAULT_GROUP);
    }

    @Test
    void aTransactionOverSeveralGroupsIsRefused() {
        ShardRouter router = new ShardRouter(HALVES);
        Transaction both = new Transaction(List.of(new Condition.Exists(key(0))),
                List.of(put(0x8000)));

        assertThatThrownBy(() -> router.groupOf(both)).isInstanceOf(KvException.class);
    }

    private static Mutation put(int route) {
        return new Mutation.Put(key(route), Value.empty());
    }

    private static Key key(int route) {
        return Key.of(route, new byte[]{1});
    }
}
