/** Tests of the load generator. */
@NullMarked
package io.quorate.benchmarks.http;

import org.jspecify.annotations.NullMarked;
