/**
 * A plain binary form for what adapters store and send to leaders: a version, then fields in order.
 * Sees {@code kv}.
 */
@NullMarked
package io.quorate.kv.row;

import org.jspecify.annotations.NullMarked;
