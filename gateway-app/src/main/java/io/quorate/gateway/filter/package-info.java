/**
 * The first room of every request of a client: health or AWS, timed either way it ends. Above codecs
 * and handler mapping, one pass, no allocation that is not needed.
 */
@NullMarked
package io.quorate.gateway.filter;

import org.jspecify.annotations.NullMarked;
