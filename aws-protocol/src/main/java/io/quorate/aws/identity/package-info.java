/**
 * Who may call and what they may do: access keys, identities and their permissions.
 */
@NullMarked
package io.quorate.aws.identity;

import org.jspecify.annotations.NullMarked;
