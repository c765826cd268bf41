/** Tests of how nodes speak about the membership. */
@NullMarked
package io.quorate.kv.member;

import org.jspecify.annotations.NullMarked;
