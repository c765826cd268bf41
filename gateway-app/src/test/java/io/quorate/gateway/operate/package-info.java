/** Tests of what operators ask. */
@NullMarked
package io.quorate.gateway.operate;

import org.jspecify.annotations.NullMarked;
