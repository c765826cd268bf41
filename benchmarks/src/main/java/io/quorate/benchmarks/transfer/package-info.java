/**
 * Large bodies over blocking connections, one thread each: nothing of a body is kept, sent bytes come from
 * one pattern and received ones are compared with it.
 */
@NullMarked
package io.quorate.benchmarks.transfer;

import org.jspecify.annotations.NullMarked;
