/**
 * Puts the server together: the only room with Spring's beans. Everything it makes is a plain class
 * with a constructor; nothing is scanned for, nothing depends on what lies on the class path.
 */
@NullMarked
package io.quorate.gateway.wiring;

import org.jspecify.annotations.NullMarked;
