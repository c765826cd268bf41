/**
 * What {@code quorate admin} and {@code quorate cluster} do, and the signature by which a node believes an
 * operator where there are no certificates. Knows no Spring.
 */
@NullMarked
package io.quorate.gateway.operate;

import org.jspecify.annotations.NullMarked;
