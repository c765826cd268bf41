/** Who calls the key-value service: the identities that the AWS protocols know, by a signature of their own. */
@NullMarked
package io.quorate.gateway.identity;

import org.jspecify.annotations.NullMarked;
