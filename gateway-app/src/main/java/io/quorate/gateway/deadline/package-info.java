/**
 * How long a request may take: read once, when it comes in, and carried as an absolute moment from
 * then on.
 */
@NullMarked
package io.quorate.gateway.deadline;

import org.jspecify.annotations.NullMarked;
