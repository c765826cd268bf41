/**
 * Decodes and verifies aws-chunked bodies, signed and unsigned, with trailers.
 */
@NullMarked
package io.quorate.aws.chunked;

import org.jspecify.annotations.NullMarked;
