/**
 * What every request passes before a protocol sees it: health or AWS, the absolute deadline, and
 * how long it took. Above codecs and handler mapping, one pass, no allocation that is not needed.
 */
@NullMarked
package io.quorate.gateway.filter;

import org.jspecify.annotations.NullMarked;
