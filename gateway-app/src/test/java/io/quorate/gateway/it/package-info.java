/**
 * Tests of the whole server with unmodified AWS SDK clients, in this process or in one that can be
 * killed.
 */
@NullMarked
package io.quorate.gateway.it;

import org.jspecify.annotations.NullMarked;
