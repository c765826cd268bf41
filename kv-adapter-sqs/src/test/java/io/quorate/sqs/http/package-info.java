/** Tests of the two codecs. */
@NullMarked
package io.quorate.sqs.http;

import org.jspecify.annotations.NullMarked;
