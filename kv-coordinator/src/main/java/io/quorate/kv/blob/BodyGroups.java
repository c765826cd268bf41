package io.quorate.kv.blob;

import java.util.List;

/** What the store of bodies asks about the groups of this node. Safe for any thread. */
public interface BodyGroups {
    /** This node's id. */
    String self();

    /** One route of each group that this node has a replica of. */
    List<Integer> routes();

    /** Node ids of the voters, as known here, of the group that owns a route. */
    List<String> voters(int route);

    /** For a node without others. */
    static BodyGroups solo(String self) {
        return new BodyGroups() {
            @Override
            public String self() {
                return self;
            }

            @Override
            public List<Integer> routes() {
                return List.of(0);
            }

            @Override
            public List<String> voters(int route) {
                return List.of(self);
            }
        };
    }
}
