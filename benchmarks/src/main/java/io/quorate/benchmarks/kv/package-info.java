/** The store without any protocol: callers in the process of a one-member node. */
@NullMarked
package io.quorate.benchmarks.kv;

import org.jspecify.annotations.NullMarked;
