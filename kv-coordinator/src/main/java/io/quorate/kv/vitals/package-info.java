/**
 * What nodes tell each other about themselves once a second: whether they take writes, and their wall clock; and what
 * follows: a leader without room on its disk hands over to a voter that has some, and clocks that are apart are told
 * to the operator. Nothing's correctness rests on it.
 */
@NullMarked
package io.quorate.kv.vitals;

import org.jspecify.annotations.NullMarked;
