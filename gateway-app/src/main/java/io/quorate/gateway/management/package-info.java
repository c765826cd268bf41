/**
 * The operators' listener: health in both spellings, and the metrics.
 */
@NullMarked
package io.quorate.gateway.management;

import org.jspecify.annotations.NullMarked;
