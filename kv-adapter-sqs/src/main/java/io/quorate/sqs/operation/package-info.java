/**
 * One class per action: a request record in, a result record out. Knows no wire format.
 */
@NullMarked
package io.quorate.sqs.operation;

import org.jspecify.annotations.NullMarked;
