/** Tests of the load generator. */
@NullMarked
package io.quorate.benchmarks;

import org.jspecify.annotations.NullMarked;
