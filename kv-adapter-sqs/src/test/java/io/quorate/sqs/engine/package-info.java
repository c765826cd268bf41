/** Tests of the queue engine at a leader. */
@NullMarked
package io.quorate.sqs.engine;

import org.jspecify.annotations.NullMarked;
