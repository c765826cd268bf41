/**
 * Signature Version 4, verified in the Authorization header and in presigned queries, with a
 * bounded cache of derived keys. What the body must prove is handed on as a {@link
 * io.quorate.aws.sigv4.PayloadRule}.
 */
@NullMarked
package io.quorate.aws.sigv4;

import org.jspecify.annotations.NullMarked;
