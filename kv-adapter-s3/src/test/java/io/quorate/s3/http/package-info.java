/** Tests of decoding and routing. */
@NullMarked
package io.quorate.s3.http;

import org.jspecify.annotations.NullMarked;
