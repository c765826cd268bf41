/**
 * A streaming XML writer and a hardened XML reader.
 */
@NullMarked
package io.quorate.aws.xml;

import org.jspecify.annotations.NullMarked;
