/**
 * The router and the two codecs of SQS: JSON 1.0 and Query.
 */
@NullMarked
package io.quorate.sqs.http;

import org.jspecify.annotations.NullMarked;
