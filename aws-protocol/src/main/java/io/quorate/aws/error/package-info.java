/**
 * AWS error codes of authentication and of bodies, and the envelopes of the three services.
 */
@NullMarked
package io.quorate.aws.error;

import org.jspecify.annotations.NullMarked;
