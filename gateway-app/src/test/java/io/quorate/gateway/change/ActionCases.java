package io.quorate.gateway.change;

import java.util.List;

/** The cases of related actions of one protocol. Safe for any thread. */
interface ActionCases {
    /** The protocol, as docs/compatibility.md heads it. */
    String service();

    /** Makes what the cases share, once in a cluster at rest. */
    default void furnish(Sdk sdk) {}

    /** One or more cases of each action. */
    List<ActionCase<?, ?>> cases();
}
