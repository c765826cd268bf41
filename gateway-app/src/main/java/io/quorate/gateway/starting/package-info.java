/**
 * What a server answers while its store is not open yet: a node of a new cluster waits for the others, which may take
 * minutes, and whoever asks it meanwhile is told so.
 */
@NullMarked
package io.quorate.gateway.starting;

import org.jspecify.annotations.NullMarked;
