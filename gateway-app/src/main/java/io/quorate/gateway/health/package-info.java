/**
 * Whether this node serves, is ready, and leads: what load balancers and probes ask. The same
 * handler answers on every listener, without a signature, within the probe's deadline, and however
 * many probes ask, the store sees a handful of waiters.
 */
@NullMarked
package io.quorate.gateway.health;

import org.jspecify.annotations.NullMarked;
