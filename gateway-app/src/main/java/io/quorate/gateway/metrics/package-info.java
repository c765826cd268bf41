/**
 * What operators measure: requests by protocol, action and outcome, and the text in which a
 * Prometheus server reads all of it.
 */
@NullMarked
package io.quorate.gateway.metrics;

import org.jspecify.annotations.NullMarked;
