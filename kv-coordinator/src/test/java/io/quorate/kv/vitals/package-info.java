/** Tests of what nodes tell each other about themselves. */
@NullMarked
package io.quorate.kv.vitals;

import org.jspecify.annotations.NullMarked;
