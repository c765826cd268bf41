/** Tests of the load generator. */
@NullMarked
package io.quorate.benchmarks.aws;

import org.jspecify.annotations.NullMarked;
