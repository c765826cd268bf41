/**
 * Campaigns against three real processes on a network of proxies: what a cluster must keep when nodes are killed,
 * stopped, cut off and wiped. Each has a short version for every build and a full one tagged slow.
 */
@NullMarked
package io.quorate.gateway.campaign;

import org.jspecify.annotations.NullMarked;
